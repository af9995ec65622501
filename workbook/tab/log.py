"""What a project writes while it is served in a tab, for its log."""

import io
import time
from collections import deque
from collections.abc import Callable

from workbook.web.practice.served import LINES, LONGEST

PAUSE = 0.05  # seconds: a message costs whoever hears it more than a line


class Log(io.TextIOBase):
    """A stream whose lines are told, many at once; of a flood the last ones."""

    def __init__(self, tell: Callable[[list[str]], object]) -> None:
        self.listener = tell
        self.begun = ""  # a line without its end
        self.lines: deque[str] = deque(maxlen=LINES)
        self.told = 0.0  # the moment

    def write(self, text: str) -> int:
        *lines, self.begun = (self.begun + text).split("\n")
        self.lines.extend(line[:LONGEST].rstrip() for line in lines)
        self.begun = self.begun[:LONGEST]
        if time.monotonic() > self.told + PAUSE:
            self.pass_on()
        return len(text)

    def pass_on(self) -> None:
        """Tells what was not told yet."""
        if self.lines:
            self.listener(list(self.lines))
            self.lines.clear()
            self.told = time.monotonic()
