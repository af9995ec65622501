"""Draws the house: its rooms, and which room imports from which. Run by `python -m tools.house`.

The picture stands in CONTRIBUTING.md, as a diagram that GitHub shows.
"""

import ast
import re
from pathlib import Path

from workbook.steps import ROOT

PAGE = ROOT / "CONTRIBUTING.md"
PICTURE = re.compile(r"(?<=```mermaid\n)flowchart.*?(?=```)", re.S)
# From the top down: a room imports from those below it alone. Folders are rooms by themselves.
ROOMS = {
    "terminal": "cli, arguments, menu, watch, screen, report, keys, matrix",
    "site": "",
    "tab": "",
    "web": "",
    "proofreading": "",
    "exercise": "",
    "serving": "layers, server, limits, guardian, wired",
    "wire": "",
    "recorder": "",
    "core": "notes, diff, steps, environment, variables, lock, invocation, errors, languages",
}
FOLDERS = [room for room, modules in ROOMS.items() if not modules]
HOMES = {name: room for room, modules in ROOMS.items() for name in modules.split(", ") if name}


def main():
    text = PAGE.read_text("utf-8")
    PAGE.write_text(PICTURE.sub(lambda _: picture(), text), "utf-8", newline="\n")


def picture():
    """The rooms and their arrows, in Mermaid."""
    boxes = [f'    {room}["{label(room)}"]' for room in ROOMS]
    lines = [f"    {room} --> {other}" for room, other in arrows()]
    return "\n".join(["flowchart TD", *boxes, *lines]) + "\n"


def label(room):
    return f"<b>{room}/</b>" if room in FOLDERS else f"<b>{room}</b><br>{ROOMS[room]}"


def arrows():
    """Each room with one that it imports from, in the order of the rooms."""
    order = list(ROOMS)
    found = {(room_of(module), room_of(other)) for module, other in imports()}
    within = {(room, other) for room, other in found if room != other}
    return sorted(within, key=lambda pair: (order.index(pair[0]), order.index(pair[1])))


def room_of(module):
    """The room of a module such as `exercise.desk`."""
    first = module.partition(".")[0]
    return first if first in FOLDERS else HOMES[first]


def imports():
    """Each module of the workbook with one of its own that it imports, also within a function."""
    names = modules()
    for module, path in names.items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("workbook"):
                source = node.module.removeprefix("workbook").removeprefix(".")
                for alias in node.names:
                    inner = f"{source}.{alias.name}".removeprefix(".")
                    if other := next((name for name in (inner, source) if name in names), None):
                        yield module, other


def modules():
    """The modules by their names, `__main__` and what only makes a folder a package aside."""
    folder = ROOT / "workbook"
    paths = [path for path in sorted(folder.rglob("*.py")) if "__" not in path.name]
    return {name_of(path.relative_to(folder)): path for path in paths}


def name_of(path: Path):
    return ".".join(path.with_suffix("").parts)


if __name__ == "__main__":
    main()
