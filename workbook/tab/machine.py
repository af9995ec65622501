"""What the worker of the office does for it; its script is `web/static/web/js/tab/machine.js`."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import workbook_browser as worker

from workbook.diff import is_read, walk


class Guest:
    """Another interpreter, in a worker of its own: the spare that was kept warm.

    `hear` is called with all that it tells. What is in it may never end: it can only be ended.
    """

    def __init__(self, hear: Callable[[Any], object]) -> None:
        self.worker = worker.guest(hear)

    @property
    def is_gone(self) -> bool:
        return bool(self.worker.gone)

    def settle(self, project: Path) -> None:
        """Lays the project's files there, in the same place."""
        for path in walk(project):
            with suppress(OSError):
                if is_read(project / path):
                    self.worker.lay(str(project / path), (project / path).read_bytes())

    def tell(self, *words: str) -> None:
        """Calls the function of `tab.guest` that the first word names with the others."""
        self.worker.tell(*words)

    def end(self) -> None:
        self.worker.end()
