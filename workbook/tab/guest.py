"""What an interpreter does that is not the office: it runs or serves a learner's project."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbook.tab.run import Suite
from workbook.tab.service import Service


class Guest:
    """Its methods are what the office can tell it."""

    def __init__(self, post: Callable[[Any], object]) -> None:
        self.post = post

    def lay(self, path: str, contents: Any) -> None:
        """Writes a file of the project."""
        file = Path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(contents.to_bytes())

    def drop(self, path: str) -> None:
        Path(path).unlink(missing_ok=True)

    def check(self, project: str, suite: str) -> None:
        self.suite = Suite(project, suite, self.post)

    def core(self) -> None:
        self.suite.core()

    def extras(self) -> None:
        self.suite.extras()

    def serve(self, project: str) -> None:
        import workbook_browser as worker  # it is the worker's own, and in no memory

        service = Service(project, self.post)
        if service.load():
            worker.open(service)
        else:
            worker.leave()

    def read_anew(self) -> None:
        """Templates were laid: they are read again, as on a machine."""
        from django.template import autoreload

        autoreload.reset_loaders()
