"""The servers that pages have started: one a step at most."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from subprocess import STDOUT
from sys import executable
from threading import Event, Lock, Thread
from typing import Any

from workbook.errors import WorkbookError
from workbook.guardian import guarded
from workbook.layers import Mark, layer
from workbook.server import LOOPBACK, first_exit, free_ports, serving, settled, trouble
from workbook.steps import Step, previous
from workbook.wire.listener import Wire
from workbook.wire.records import Record

LINES = 300  # of a log that are kept, and records of the wire
LONGEST = 2000  # bytes of a line
TWO_SERVERS, REDIS = "SERVERS=2", "LAYER=redis"
OPTIONS = frozenset([TWO_SERVERS, REDIS])
PATIENCE = 5  # seconds for a project's answer
LAST_WORDS = 1  # seconds for what an ended command has written and was not read yet


class StepServer:
    """A step's project, served on ports of its own, and its log.

    `state` is "stopped", "starting", "running" or, by itself, "ended", for which `trouble` may be
    the reason; `source` is "snapshot" or "desk"; `options` are some of OPTIONS; `framed` says
    whether the project lets its pages stand in another's; `beginnings` counts the starts, but not
    the restarts, which a page in a window lives through.
    """

    def __init__(self, step: Step) -> None:
        self.step = step
        self.ports = free_ports(1)
        self.state = "stopped"
        self.trouble: WorkbookError | None = None
        self.project, self.source = step.path, "snapshot"
        self.options = frozenset([REDIS] if os.environ.get("REDIS_URL") else [])
        self.framed = True
        self.beginnings = 0
        self.log: deque[str] = deque(maxlen=LINES)
        self.lines = 0  # of the log, in all
        self.records: deque[Record] = deque(maxlen=LINES)
        self.travelled = 0  # records of the wire, in all
        self.listeners: list[Callable[[], object]] = []
        self.writing = Lock()
        self.unwanted = Event()
        self.thread: Thread | None = None

    def start(self, project: Path, source: str, options: frozenset[str] = frozenset()) -> None:
        """Begins to serve the project; what was served before is ended first."""
        self.stop()
        self.project, self.source, self.options = project, source, options
        self.beginnings += 1
        self.launch()

    def restart(self) -> None:
        self.stop()
        self.launch()

    def launch(self) -> None:
        wanted = 2 if TWO_SERVERS in self.options else 1
        kept = [port for port in self.ports[:wanted] if not trouble(LOOPBACK, port)]
        self.ports = kept + free_ports(wanted - len(kept))
        self.unwanted.clear()
        self.state, self.framed, self.trouble = "starting", True, None
        self.thread = Thread(target=self.serve, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.unwanted.set()
        if self.thread:
            self.thread.join()

    @property
    def is_going(self) -> bool:
        return self.state in ("starting", "running")

    @property
    def layer(self) -> str:
        return "redis" if REDIS in self.options else "memory"

    def serve(self) -> None:
        try:
            with layer(self.layer, self.step, "run") as environment:
                self.serve_in(environment)
        except WorkbookError as error:
            self.trouble = error
        self.state = "stopped" if self.unwanted.is_set() else "ended"

    def serve_in(self, environment: dict[str, str]) -> None:
        """Migrates and serves the project; all begins anew when its Redis was emptied."""
        stale = Mark(environment["REDIS_URL"]).is_gone if self.layer == "redis" else never
        # What the learner prints is seen at once.
        own = {"ALLOWED_HOSTS": "", "PYTHONUNBUFFERED": "1"}
        environment = settled(environment | own, LOOPBACK)
        if self.migrate(environment) == 0:
            with Wire(self.hear) as wire:
                while self.serve_once(environment, wire, stale) is None:
                    if self.unwanted.is_set():
                        return

    def migrate(self, environment: dict[str, str]) -> int | None:
        words = [executable, "manage.py", "migrate", "--verbosity", "0"]
        about = {"cwd": self.project, "env": environment}
        with self.heard() as options, guarded(words, **about, **options) as process:
            return first_exit([process], self.unwanted.is_set)

    def serve_once(
        self, environment: dict[str, str], wire: Wire, stale: Callable[[], bool]
    ) -> int | None:
        """Serves until one of the servers ends; its exit code, or None if they are to end."""
        with (
            self.heard() as options,
            serving(
                self.project, LOOPBACK, self.ports, environment, wire, with_log=True, **options
            ) as servers,
        ):
            return first_exit(servers, lambda: self.is_over() or stale())

    def is_over(self) -> bool:
        """Whether nobody wants it any more; notices besides when all of the servers answer."""
        if self.state == "starting":
            framed = [allows_frames(port) for port in self.ports]
            if None not in framed:
                self.framed, self.state = all(framed), "running"
        return self.unwanted.is_set()

    def hear(self, records: list[Record]) -> None:
        with self.writing:
            self.records.extend(records)
            self.travelled += len(records)
            listeners = tuple(self.listeners)
        for tell in listeners:
            tell()

    @contextmanager
    def telling(self, listener: Callable[[], object]) -> Iterator[None]:
        """Calls it, in a thread of the wire's, whenever something has travelled."""
        with self.writing:
            self.listeners.append(listener)
        try:
            yield
        finally:
            with self.writing:
                self.listeners.remove(listener)

    @contextmanager
    def heard(self) -> Iterator[dict[str, Any]]:
        """Popen's options for commands whose output goes to the log."""
        # Not Popen's own pipe, for whose end it would wait: what the project has left running
        # holds it for as long as it likes.
        ear, mouth = os.pipe()
        reader = Thread(target=self.read, args=(ear,), daemon=True)
        reader.start()
        try:
            yield {"stdout": mouth, "stderr": STDOUT, "start_new_session": True}
        finally:
            os.close(mouth)
            reader.join(LAST_WORDS)

    def read(self, ear: int) -> None:
        with open(ear, "rb") as output:
            for line in iter(partial(output.readline, LONGEST), b""):
                with self.writing:
                    self.log.append(line.decode(errors="replace").rstrip())
                    self.lines += 1

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


def never() -> bool:
    return False


def allows_frames(port: int) -> bool | None:
    """Whether the project lets its pages stand in another's; None if it does not answer yet."""
    connection = HTTPConnection(LOOPBACK, port, timeout=PATIENCE)
    try:
        connection.request("HEAD", "/chat/")
        return connection.getresponse().getheader("X-Frame-Options") is None
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()


SERVERS: dict[Step, StepServer] = {}
BESIDE: dict[Step, StepServer] = {}  # the step before, on the page of a step


def of(step: Step) -> StepServer:
    if step not in SERVERS:
        SERVERS[step] = StepServer(step)
    return SERVERS[step]


def beside(step: Step) -> StepServer | None:
    """What serves the step before on this step's page, if there is one before."""
    if (before := previous(step)) and step not in BESIDE:
        BESIDE[step] = StepServer(before)
    return BESIDE.get(step)


def going() -> list[StepServer]:
    """What is being served, step by step."""
    found = [each for each in SERVERS.values() if each.is_going]
    return sorted(found, key=lambda each: each.step.number)


def end() -> None:
    """Ends all that was started."""
    everything = [*SERVERS.values(), *BESIDE.values()]
    for each in everything:
        each.unwanted.set()
    for each in everything:
        each.stop()
