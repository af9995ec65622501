"""The servers that pages have started: one a step at most."""

import os
from collections import deque
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from subprocess import STDOUT, Popen
from sys import executable
from threading import Event, Lock, Thread

from workbook.guardian import guarded
from workbook.server import GLANCE, LOOPBACK, command, free_port, settled, trouble
from workbook.steps import Step
from workbook.wire.listener import Wire
from workbook.wire.records import Record

LINES = 300  # of a log that are kept, and records of the wire
LONGEST = 2000  # bytes of a line
PATIENCE = 5  # seconds for a project's answer
LAST_WORDS = 1  # seconds for what an ended command has written and was not read yet


class StepServer:
    """A step's project, served on a port of its own, and its log.

    `state` is "stopped", "starting", "running" or, by itself, "ended"; `source` is "snapshot" or
    "desk"; `framed` says whether the project lets its pages stand in another's; `beginnings` counts
    the starts, but not the restarts, which a page in a window lives through.
    """

    def __init__(self, step: Step) -> None:
        self.step = step
        self.port = free_port()
        self.state = "stopped"
        self.project, self.source = step.path, "snapshot"
        self.framed = True
        self.beginnings = 0
        self.log: deque[str] = deque(maxlen=LINES)
        self.lines = 0  # of the log, in all
        self.records: deque[Record] = deque(maxlen=LINES)
        self.travelled = 0  # records of the wire, in all
        self.writing = Lock()
        self.unwanted = Event()
        self.thread: Thread | None = None

    def start(self, project: Path, source: str) -> None:
        """Begins to serve the project; what was served before is ended first."""
        self.stop()
        self.project, self.source = project, source
        self.beginnings += 1
        self.launch()

    def restart(self) -> None:
        self.stop()
        self.launch()

    def launch(self) -> None:
        if trouble(LOOPBACK, self.port):
            self.port = free_port()
        self.unwanted.clear()
        self.state, self.framed = "starting", True
        self.thread = Thread(target=self.serve, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.unwanted.set()
        if self.thread:
            self.thread.join()

    def serve(self) -> None:
        if self.run([executable, "manage.py", "migrate", "--verbosity", "0"]) == 0:
            with Wire(self.hear) as wire:
                self.run(
                    command(LOOPBACK, self.port, on_the_wire=True), wire.variables(1, with_log=True)
                )
        self.state = "stopped" if self.unwanted.is_set() else "ended"

    def hear(self, records: list[Record]) -> None:
        with self.writing:
            self.records.extend(records)
            self.travelled += len(records)

    def run(self, words: list[str], variables: dict[str, str] | None = None) -> int | None:
        """Runs a command in the project until it ends or is not wanted; its exit code."""
        environment = settled({**os.environ, "ALLOWED_HOSTS": ""}, LOOPBACK) | (variables or {})
        environment["PYTHONUNBUFFERED"] = "1"  # what the learner prints is seen at once
        # Not Popen's own pipe, for whose end it would wait: what the project has left running
        # holds it for as long as it likes.
        ear, mouth = os.pipe()
        reader = Thread(target=self.read, args=(ear,), daemon=True)
        options = {"cwd": self.project, "env": environment, "stdout": mouth, "stderr": STDOUT}
        with guarded(words, start_new_session=True, **options) as process:
            os.close(mouth)
            reader.start()
            self.attend(process)
        reader.join(LAST_WORDS)
        return process.returncode

    def attend(self, process: Popen[bytes]) -> None:
        while process.poll() is None and not self.unwanted.wait(GLANCE):
            if self.state == "starting" and (framed := allows_frames(self.port)) is not None:
                self.framed, self.state = framed, "running"

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


def of(step: Step) -> StepServer:
    if step not in SERVERS:
        SERVERS[step] = StepServer(step)
    return SERVERS[step]


def going() -> list[StepServer]:
    """What is being served, step by step."""
    found = [each for each in SERVERS.values() if each.state in ("starting", "running")]
    return sorted(found, key=lambda each: each.step.number)


def end() -> None:
    """Ends all that was started."""
    for each in SERVERS.values():
        each.unwanted.set()
    for each in SERVERS.values():
        each.stop()
