"""Which of the learner's files have changed, for the browser's storage; and what it brings back."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from workbook.exercise import desk
from workbook.exercise.progress import STATE
from workbook.exercise.saves import SAVED
from workbook.steps import ROOT

Look = tuple[int, int]


class Keeping:
    """What of the desk, the saves and the progress is known to be kept."""

    def __init__(self) -> None:
        self.known: dict[str, Look] = {}

    def changes(self) -> list[tuple[str, bytes | None]]:
        """Each file that changed since, with its contents; None of what is gone."""
        found = dict(looks())
        changed = [path for path, look in found.items() if self.known.get(path) != look]
        gone = [path for path in self.known if path not in found]
        self.known = found
        return [(path, (ROOT / path).read_bytes()) for path in changed] + [
            (path, None) for path in gone
        ]

    def is_changed(self, unkept: Iterable[str]) -> bool:
        """Whether a file of the desk has changed since, or is among those that wait to be kept."""
        changed = [path for path, _ in dict(looks()).items() ^ self.known.items()]
        of_desk = f"{desk.DESK.name}/"
        return desk.DESK.exists() and any(path.startswith(of_desk) for path in [*changed, *unkept])

    def bring(self, news: Any) -> None:
        """Lays what the storage holds."""
        for path, contents in news:
            place = ROOT / path
            if contents is None:
                self.known.pop(path, None)
                if place.exists():  # a page that opens has nothing yet, not even its folder
                    place.unlink()
                    clear(place.parent)
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(contents.to_bytes())
                self.known[path] = look_of(place)


def looks() -> Iterator[tuple[str, Look]]:
    for folder in (desk.DESK, SAVED):
        for path in folder.rglob("*"):
            if path.is_file():
                yield path.relative_to(ROOT).as_posix(), look_of(path)
    if STATE.exists():
        yield STATE.name, look_of(STATE)


def look_of(path: Path) -> Look:
    about = path.stat()
    return about.st_mtime_ns, about.st_size


def clear(folder: Path) -> None:
    """Removes folders that hold nothing any more; an empty desk is none."""
    while folder != ROOT and not any(folder.iterdir()):
        shutil.rmtree(folder)
        folder = folder.parent
