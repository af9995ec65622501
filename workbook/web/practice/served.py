"""What pages are told of a step's server, wherever that runs: its state, its log, the wire."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from workbook.errors import WorkbookError
from workbook.exercise import desk
from workbook.invocation import typed
from workbook.languages import Bilingual
from workbook.steps import Step
from workbook.wire.records import Record

LINES = 300  # of a log that are kept, and records of the wire
LONGEST = 2000  # bytes of a line
TWO_SERVERS, REDIS = "SERVERS=2", "LAYER=redis"
OPTIONS = frozenset([TWO_SERVERS, REDIS])


class Served:
    """A step's project, at ports of its own, and its log.

    `state` is "stopped", "starting", "running" or, by itself, "ended", for which `trouble` may be
    the reason; `source` is "snapshot" or "desk"; `options` are some of OPTIONS; `framed` says
    whether the project lets its pages stand in another's; `beginnings` counts the starts, but not
    the restarts, which a page in a window lives through.
    """

    def __init__(self, step: Step, ports: list[int]) -> None:
        self.step = step
        self.ports = ports
        self.state = "stopped"
        self.trouble: WorkbookError | None = None
        self.project, self.source = step.path, "snapshot"
        self.options: frozenset[str] = frozenset()
        self.framed = True
        self.beginnings = 0
        self.log: deque[str] = deque(maxlen=LINES)
        self.lines = 0  # of the log, in all
        self.records: deque[Record] = deque(maxlen=LINES)
        self.travelled = 0  # records of the wire, in all
        self.listeners: list[Callable[[], object]] = []
        self.writing = Lock()

    def launch(self) -> None:
        """Begins to serve `project` with `options`, and comes back at once."""
        raise NotImplementedError

    def halt(self) -> None:
        """Ends it, whatever goes on in it; the state stays, for it may begin anew."""
        raise NotImplementedError

    def start(self, project: Path, source: str, options: frozenset[str] = frozenset()) -> None:
        """Begins to serve the project; what was served before is ended first."""
        self.stop()
        self.project, self.source, self.options = project, source, options
        self.framed = True
        self.beginnings += 1
        self.launch()

    def restart(self) -> None:
        """Serves it anew: no page is told that it was stopped in between."""
        self.halt()
        self.launch()

    def stop(self) -> None:
        self.halt()
        self.state = "stopped"

    def give_up(self) -> None:
        """Lets it end, where that takes a while: `halt` waits for it."""

    def saved(self, paths: list[str]) -> None:
        """Told, where no reloader of its own would notice, which files of the workbook changed."""

    @property
    def is_going(self) -> bool:
        return self.state in ("starting", "running")

    def write(self, lines: list[str]) -> None:
        with self.writing:
            self.log.extend(lines)
            self.lines += len(lines)

    def hear(self, records: list[Record]) -> None:
        with self.writing:
            self.records.extend(records)
            self.travelled += len(records)
            listeners = tuple(self.listeners)
        for tell in listeners:
            tell()

    @contextmanager
    def telling(self, listener: Callable[[], object]) -> Iterator[None]:
        """Calls it, perhaps in a thread of the wire's, whenever something has travelled."""
        with self.writing:
            self.listeners.append(listener)
        try:
            yield
        finally:
            with self.writing:
                self.listeners.remove(listener)

    def since(self, line: int) -> tuple[list[str], int]:
        """The log from a line on, as far as it is still there, and which line comes next."""
        with self.writing:
            fresh = self.lines - line
            return (list(self.log)[-fresh:] if fresh else []), self.lines

    def travelled_since(self, number: int) -> tuple[list[Record], int]:
        """What travelled from a record on, as far as it is kept, and which record comes next."""
        with self.writing:
            fresh = self.travelled - number
            return (list(self.records)[-fresh:] if fresh else []), self.travelled


def require_on_desk(step: Step) -> None:
    """A WorkbookError if the step is not on the desk any more."""
    if desk.current() != step:
        raise WorkbookError(
            Bilingual(f"{step.name} is not in work.", f"ليست الخطوة {step.name} في مجلد التمرين."),
            typed(f"{step.name} start"),
        )
