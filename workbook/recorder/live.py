"""A recorder that does not keep what happened: it tells it, as it happens, over a socket."""

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
from workbook.recorder.traffic import Taken

VARIABLE = "WORKBOOK_WIRE"  # the listener's port and password, and the server's number
LOOPBACK = "127.0.0.1"
GATHERING = 0.01  # seconds: many lines at once cost a server less than one by one
MOST = 50_000  # facts that wait for a listener who is slower than the server
KEPT = 1000  # letters of a text
ENDED = 2  # seconds that the last lines have
LEFT_OUT = (Handled, Queued, Routed, Sent, Served)  # what frames and events tell already

encode = json.JSONEncoder(default=vars, ensure_ascii=False).encode
visit: ContextVar[int] = ContextVar("visit", default=0)  # a socket's number, or a page's


class Live(Recorder):
    """Tells of facts in lines of JSON, a few in each: kind, moment, visit, and the fact's fields.

    A thread writes the lines: the project waits for nobody, and drops what nobody hears.
    """

    is_live = True

    def __init__(self, project: Path) -> None:
        super().__init__(project)
        port, password, server = os.environ.pop(VARIABLE).split()
        self.line = socket.create_connection((LOOPBACK, int(port)))
        self.line.sendall(f"{password} {server} {os.getpid()}\n".encode())
        self.waiting: deque[tuple[float, int, Any]] = deque(maxlen=MOST)
        self.methods: dict[tuple[type, str], tuple[str | None, Place | None]] = {}
        self.ready, self.ending = Event(), Event()
        self.writer = Thread(target=self.write, daemon=True)
        self.writer.start()

    def on_taken(self, served: Any, message: Any) -> None:
        kind = str(message.get("type", ""))
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
        if not self.ready.is_set():
            self.ready.set()

    def write(self) -> None:
        """Sends what waits until the listener is gone or `end` has been called."""
        while self.ready.wait():
            is_last = self.ending.wait(GATHERING)
            self.ready.clear()
            facts = [told(*self.waiting.popleft()) for _ in range(len(self.waiting))]
            try:
                self.line.sendall(f"{encode(facts)}\n".encode(errors="backslashreplace"))
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
