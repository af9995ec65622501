"""A step's server in processes of this machine."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection, HTTPException
from subprocess import STDOUT
from sys import executable
from threading import Event, Thread
from typing import Any

from workbook.errors import WorkbookError
from workbook.exercise import desk
from workbook.guardian import guarded
from workbook.layers import Mark, layer
from workbook.server import LOOPBACK, first_exit, free_ports, serving, settled, trouble
from workbook.steps import Step
from workbook.web.practice.served import LONGEST, REDIS, TWO_SERVERS, Served, require_on_desk
from workbook.wire.listener import Wire

PATIENCE = 5  # seconds for a project's answer
LAST_WORDS = 1  # seconds for what an ended command has written and was not read yet


class StepServer(Served):
    """Serves in one process, or in two, whose output and whose wire threads of this one read."""

    def __init__(self, step: Step) -> None:
        super().__init__(step, free_ports(1))
        self.options = frozenset([REDIS] if os.environ.get("REDIS_URL") else [])
        self.identity: desk.Identity = ()
        self.unwanted = Event()
        self.thread: Thread | None = None

    def launch(self) -> None:
        wanted = 2 if TWO_SERVERS in self.options else 1
        kept = [port for port in self.ports[:wanted] if not trouble(LOOPBACK, port)]
        self.ports = kept + free_ports(wanted - len(kept))
        self.unwanted.clear()
        self.state, self.trouble = "starting", None
        self.thread = Thread(target=self.serve, daemon=True)
        self.thread.start()

    def halt(self) -> None:
        self.give_up()
        if self.thread:
            self.thread.join()

    def give_up(self) -> None:
        self.unwanted.set()

    @property
    def layer(self) -> str:
        return "redis" if REDIS in self.options else "memory"

    def serve(self) -> None:
        try:
            with layer(self.layer, self.step, "run") as environment:
                self.serve_in(environment)
                while self.is_replaced() and not self.unwanted.is_set():
                    require_on_desk(self.step)
                    self.state, self.beginnings = "starting", self.beginnings + 1
                    self.serve_in(environment)
        except WorkbookError as error:
            self.trouble = error
        if not self.unwanted.is_set():
            self.state = "ended"

    def serve_in(self, environment: dict[str, str]) -> None:
        """Migrates and serves the project; all begins anew when its Redis was emptied."""
        stale = Mark(environment["REDIS_URL"]).is_gone if self.layer == "redis" else never
        # What the learner prints is seen at once.
        own = {"ALLOWED_HOSTS": "", "PYTHONUNBUFFERED": "1"}
        environment = settled(environment | own, LOOPBACK)
        self.identity = desk.identity(self.project)
        if self.migrate(environment) == 0:
            with Wire(self.hear) as wire:
                while self.serve_once(environment, wire, stale) is None:
                    if self.unwanted.is_set() or self.is_replaced():
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
            return first_exit(servers, lambda: self.is_over() or self.is_replaced() or stale())

    def is_replaced(self) -> bool:
        """Whether another desk has come in place of the one that is served, which is saved now."""
        return self.source == "desk" and desk.identity(self.project) != self.identity

    def is_over(self) -> bool:
        """Whether nobody wants it any more; notices besides when all of the servers answer."""
        if self.state == "starting":
            framed = [allows_frames(port) for port in self.ports]
            if None not in framed:
                self.framed, self.state = all(framed), "running"
        return self.unwanted.is_set()

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
                self.write([line.decode(errors="replace").rstrip()])


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
