"""What an interpreter does that is not the office: a suite, on a project that may spoil it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbook.exercise import preload  # noqa: F401  while the interpreter is still a spare
from workbook.tab.run import Suite


class Guest:
    """Its methods are what the office can tell it."""

    def __init__(self, post: Callable[[Any], object]) -> None:
        self.post = post

    def lay(self, path: str, contents: Any) -> None:
        """Writes a file of the project."""
        file = Path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(contents.to_bytes())

    def check(self, project: str, suite: str) -> None:
        self.suite = Suite(project, suite, self.post)

    def core(self) -> None:
        self.suite.core()

    def extras(self) -> None:
        self.suite.extras()
