"""What the worker of the office does for it; its script is `web/static/web/js/tab/machine.js`."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from workbook.diff import is_read, walk


class Guest:
    """Another interpreter, in a worker of its own: the spare that was kept warm.

    `hear` is called with all that it tells, and `leave` when it has ended by itself. What is in it
    may never end: it can only be ended.
    """

    def __init__(self, hear: Callable[[Any], object], leave: Callable[[], object]) -> None:
        import workbook_browser as worker  # it is the worker's own, and in no memory

        self.worker = worker.guest(hear, leave)

    def settle(self, project: Path) -> None:
        """Lays the project's files there, in the same place."""
        for path in walk(project):
            self.lay(project / path)

    def lay(self, path: Path) -> None:
        with suppress(OSError):
            if is_read(path):
                self.worker.lay(str(path), path.read_bytes())

    def bring(self, paths: Iterable[Path]) -> None:
        """Lays files anew for a project that is served, or takes them away."""
        for path in paths:
            if path.exists():
                self.lay(path)
            else:
                self.tell("drop", str(path))
        self.tell("read_anew")

    def serve(self, step: str, project: Path) -> None:
        """Lets windows of the step come in there, as soon as it serves the project."""
        self.worker.serve(step)
        self.tell("serve", str(project))

    def tell(self, *words: str) -> None:
        """Calls the function of `tab.guest` that the first word names with the others."""
        self.worker.tell(*words)

    def end(self) -> None:
        self.worker.end()
