"""Notices that a check comes to no end."""

import threading
import time
from collections.abc import Callable

GLANCE = 0.25  # seconds between two looks
BUSY = 6.0  # seconds of a processor's work: whoever needs more goes round in a circle


class Watchman(threading.Thread):
    """Calls `tell` when what was begun last has worked for too long, or has taken `limit` seconds.

    The seconds are counted in looks, so that a machine that stands still blames nobody.
    """

    def __init__(self, limit: float, tell: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self.limit = limit
        self.tell = tell
        self.is_on = False

    def begin(self) -> None:
        self.left, self.work, self.is_on = self.limit, time.process_time(), True

    def end(self) -> None:
        self.is_on = False

    def run(self) -> None:
        while True:
            time.sleep(GLANCE)
            self.left = self.left - GLANCE if self.is_on else self.limit
            if self.is_on and (self.left < 0 or time.process_time() - self.work > BUSY):
                self.end()
                self.tell()
