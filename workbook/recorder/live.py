"""Recorders that do not keep what happened: they tell it as it happens."""

import json
import os
import socket
import time
from collections import deque
from contextvars import ContextVar
from pathlib import Path
from threading import Event, Thread
from typing import Any

from workbook.recorder.consumers import method_for
from workbook.recorder.facts import Handled, Place, Queued, Routed, Sent, Served
from workbook.recorder.recorder import Recorder
from workbook.recorder.traffic import Crowded, Taken

VARIABLE = "WORKBOOK_WIRE"  # the listener's port and password, the server's number, and LOG or not
LOG = "log"  # Daphne writes its own lines about requests as ever
LOOPBACK = "127.0.0.1"
GATHERING = 0.02  # seconds: many lines at once cost a server less than one by one
CROWDED = 0.05  # seconds, where some are left out: each time that the thread writes, others wait
MOST = 50_000  # facts that wait for a listener who is slower than the server
KEPT = 1000  # letters of a text
CROWD = 500  # frames, calls and events that are told at once, however many come
PACE = 250  # a second of those that come then: more is read by nobody, and slows the server down
ENDED = 2  # seconds that the last lines have
ENDS = ("websocket.connect", "websocket.disconnect")
LEFT_OUT = (Handled, Queued, Routed, Sent, Served)  # what frames and events tell already

encode = json.JSONEncoder(default=vars, check_circular=False).encode  # ASCII is written faster
visit: ContextVar[int] = ContextVar("visit", default=0)  # a socket's number, or a page's


class Live(Recorder):
    """Keeps facts until they are taken away, many at once; `wake` says that there are some."""

    is_live = True
    keeps_log = True  # whether the server writes its own lines about requests as ever

    def __init__(self, project: Path) -> None:
        super().__init__(project)
        self.waiting: deque[tuple[float, int, Any]] = deque(maxlen=MOST)
        self.methods: dict[tuple[type, str], tuple[str | None, Place | None]] = {}
        self.budget, self.left_out = float(CROWD), 0
        self.counted = time.monotonic()

    def wake(self) -> None:
        raise NotImplementedError

    def is_heard(self) -> bool:
        self.budget -= 1
        if self.budget >= 0:
            return True
        self.left_out += 1
        self.wake()
        return False

    def on_taken(self, served: Any, message: Any) -> None:
        kind = str(message.get("type", ""))
        if kind not in ENDS and not self.is_heard():
            return
        key = type(served), kind
        if key not in self.methods:
            self.methods[key] = self.method(served, kind)
        name, place = self.methods[key]
        event = "" if kind.startswith("websocket.") else repr(message)[:KEPT]
        channel = str(getattr(served, "channel_name", ""))
        self.tell(visit.get(), Taken(type(served).__qualname__, kind, name, place, channel, event))

    def method(self, served: Any, kind: str) -> tuple[str | None, Place | None]:
        """The name of the method that takes such an event, and its place if it is own."""
        method = method_for(self, served, kind)
        name = getattr(method, "__qualname__", str(method)) if method else None
        return name, self.place_of(method) if method else None

    def note(self, fact: Any) -> None:
        if not isinstance(fact, LEFT_OUT):
            self.tell(visit.get(), fact)

    def tell(self, number: int, fact: Any) -> None:
        self.waiting.append((time.monotonic(), number, fact))
        self.wake()

    def gathered(self) -> str:
        """What waits, as a line of JSON: of each its kind, moment, visit, and the fact's fields."""
        self.count_the_crowd()
        return encode([told(*self.waiting.popleft()) for _ in range(len(self.waiting))])

    def count_the_crowd(self) -> None:
        """Says how many were left out, and lets a few more be told."""
        now = time.monotonic()
        left_out, self.left_out = self.left_out, 0
        if left_out:
            self.waiting.append((now, 0, Crowded(left_out)))
        self.budget = min(CROWD, max(self.budget, 0) + (now - self.counted) * PACE)
        self.counted = now


class Wired(Live):
    """Tells a listener in another process.

    A thread writes the lines: the project waits for nobody, and drops what nobody hears.
    """

    def __init__(self, project: Path) -> None:
        super().__init__(project)
        port, password, server, *log = os.environ.pop(VARIABLE).split()
        self.keeps_log = log == [LOG]
        self.line = socket.create_connection((LOOPBACK, int(port)))
        self.line.sendall(f"{password} {server} {os.getpid()}\n".encode())
        self.ready, self.ending = Event(), Event()
        self.writer = Thread(target=self.write, daemon=True)
        self.writer.start()

    def wake(self) -> None:
        if not self.ready.is_set():
            self.ready.set()

    def write(self) -> None:
        """Sends what waits until the listener is gone or `end` has been called."""
        while self.ready.wait():
            is_last = self.ending.wait(CROWDED if self.left_out else GATHERING)
            self.ready.clear()
            try:
                self.line.sendall(f"{self.gathered()}\n".encode())
            except OSError:
                self.line.close()
                return
            if is_last:
                return

    def end(self) -> None:
        """Sends the last lines."""
        self.ending.set()
        self.ready.set()
        self.writer.join(ENDED)


def told(moment: float, visit: int, fact: Any) -> tuple[str, float, int, dict[str, Any]]:
    """As it is written; a call stands at its beginning, since others hear of it before its end."""
    fields = fact._asdict() if hasattr(fact, "_asdict") else vars(fact)
    return type(fact).__name__, getattr(fact, "since", moment), visit, fields
