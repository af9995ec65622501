"""Notices that a check comes to no end, without a thread: at each turn of a loop of the project."""

import sys
import time
from collections.abc import Callable
from types import CodeType
from typing import Any

from workbook.exercise.desk import DESK

MONITORING: Any = getattr(sys, "monitoring", None)  # since Python 3.12
TOOL = 3  # of the numbers that it has, one that nobody else takes
GLANCE = 0.25  # seconds that count at most between two turns: a page may stand still for longer
BUSY = 6.0  # seconds of turns: whoever needs more goes round in a circle


class Watchman:
    """Calls `tell` when what was begun last has turned for too long."""

    def __init__(self, limit: float, tell: Callable[[], None]) -> None:
        self.limit = min(limit, BUSY)
        self.tell = tell
        self.is_on = False

    def start(self) -> None:
        events = MONITORING.events
        if MONITORING.get_tool(TOOL) is None:
            MONITORING.use_tool_id(TOOL, "workbook")
        MONITORING.register_callback(TOOL, events.PY_START, self.enter)
        MONITORING.register_callback(TOOL, events.JUMP, self.turn)
        MONITORING.set_events(TOOL, events.PY_START)
        MONITORING.restart_events()

    def begin(self) -> None:
        self.left, self.seen, self.is_on = self.limit, time.perf_counter(), True

    def end(self) -> None:
        self.is_on = False

    def enter(self, code: CodeType, offset: int) -> Any:
        """Of the project's code the turns are told from now on; of all other code nothing."""
        if code.co_filename.startswith(f"{DESK}/"):
            MONITORING.set_local_events(TOOL, code, MONITORING.events.JUMP)
        return MONITORING.DISABLE

    def turn(self, code: CodeType, offset: int, target: int) -> None:
        now = time.perf_counter()
        if self.is_on:
            self.left -= min(now - self.seen, GLANCE)
        self.seen = now
        if self.is_on and self.left < 0:
            self.end()
            self.tell()
