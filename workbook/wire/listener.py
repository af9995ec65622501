"""Hears what the processes that serve a project tell, and hands it on in its order."""

import json
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from heapq import heappop, heappush
from itertools import count
from secrets import token_urlsafe
from threading import Condition, Thread
from typing import Any

from workbook.recorder.live import LOG, LOOPBACK, VARIABLE
from workbook.wire.records import Record
from workbook.wire.scene import Scene

HELD = 0.05  # seconds in which what another server has told may still come
LAST_WORDS = 2  # seconds


class Wire:
    """Calls `hear` with the records as they come, in a thread of its own, until the block ends."""

    def __init__(self, hear: Callable[[list[Record]], None]) -> None:
        self.hear = hear
        self.password = token_urlsafe()
        self.scene = Scene(time.monotonic())
        self.facts: list[tuple[float, int, dict[str, Any]]] = []
        self.numbers = count()
        self.change = Condition()
        self.listeners: list[Thread] = []
        self.is_over = False

    def __enter__(self) -> "Wire":
        self.door = socket.create_server((LOOPBACK, 0))
        Thread(target=self.open_to_all, daemon=True).start()
        self.teller = Thread(target=self.tell, daemon=True)
        self.teller.start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self.door.shutdown(socket.SHUT_RDWR)  # else the system waits on in `accept`
        self.door.close()
        for each in self.listeners:
            each.join(LAST_WORDS)
        with self.change:
            self.is_over = True
            self.change.notify()
        self.teller.join(LAST_WORDS)

    def variables(self, server: int, with_log: bool = False) -> dict[str, str]:
        """What the environment of the server of this number needs, for it to tell.

        With its log it writes of requests as ever: the records are shown elsewhere.
        """
        log = LOG if with_log else ""
        return {VARIABLE: f"{self.door.getsockname()[1]} {self.password} {server} {log}"}

    def open_to_all(self) -> None:
        """Takes connections until the door is closed."""
        with suppress(OSError):
            while True:
                line, _ = self.door.accept()
                self.listeners.append(Thread(target=self.listen, args=(line,), daemon=True))
                self.listeners[-1].start()

    def listen(self, line: socket.socket) -> None:
        """Hears one process out; whoever does not know the password is not heard."""
        with suppress(OSError, ValueError), line, line.makefile(encoding="utf-8") as lines:
            password, server, process = lines.readline().split()
            if password == self.password:
                who = {"server": int(server), "process": int(process)}
                self.keep({"kind": "Begun", "moment": time.monotonic()} | who)
                try:
                    for each in lines:
                        for kind, moment, visit, fields in json.loads(each):
                            about = {"kind": kind, "moment": moment, "visit": visit}
                            self.keep(fields | about | who)
                finally:
                    self.keep({"kind": "Ended", "moment": time.monotonic()} | who)

    def keep(self, fact: dict[str, Any]) -> None:
        with self.change:
            heappush(self.facts, (fact["moment"], next(self.numbers), fact))
            if len(self.facts) == 1:
                self.change.notify()

    def tell(self) -> None:
        """Hands on what is old enough, the oldest first."""
        while facts := self.due():
            records = [record for fact in facts if (record := self.scene.record(fact))]
            if records:
                self.hear(records)

    def due(self) -> list[dict[str, Any]]:
        """Waits until there is something to hand on; nothing once all is over."""
        with self.change:
            self.change.wait_for(lambda: self.facts or self.is_over)
            while not self.is_over and (young := self.facts[0][0] + HELD - time.monotonic()) > 0:
                self.change.wait(young)
            last = time.monotonic() if self.is_over else time.monotonic() - HELD
            due = []
            while self.facts and self.facts[0][0] <= last:
                due.append(heappop(self.facts)[-1])
            return due
