"""Editors on this machine, which a page can ask to open a line of the desk."""

from typing import TypedDict
from urllib.parse import quote

from workbook.exercise.desk import DESK


class Editor(TypedDict):
    name: str
    url: str


def editors(path: str, line: int) -> list[Editor]:
    """Addresses under which an editor on this machine opens the place."""
    file = quote((DESK / path).as_posix())
    return [
        {"name": "VS Code", "url": f"vscode://file/{file.removeprefix('/')}:{line}"},
        {"name": "PyCharm", "url": f"pycharm://open?file={file}&line={line}"},
    ]
