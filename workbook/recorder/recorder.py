"""What happened in a project, and whose line of it made it happen."""

import asyncio
import itertools
import os
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from workbook.recorder.facts import Caller, Fact, Forgotten, Hidden, Place, Stuck, Swallowed

LONGEST = 5000  # letters of a text that are kept
NESTING = 10  # decorators around a method that are looked through
PACKAGES = {"asgiref", "channels", "channels_redis", "daphne", "django", "pytest", "redis"}

calling: ContextVar[Caller | None] = ContextVar("calling", default=None)
handling: ContextVar[int] = ContextVar("handling", default=0)


class Recorder:
    """What happened in a project since `take` was last called."""

    is_live = False  # whether it tells what happens while a server waits for it

    def __init__(self, project: Path) -> None:
        self.project = str(project)
        self.facts: list[Fact] = []
        self.members: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
        self.numbers = itertools.count(1)
        self.ways: dict[str, str | None] = {}  # asked for at each call

    def note(self, fact: Fact) -> None:
        self.facts.append(fact)

    def hidden(self) -> Iterator[Hidden]:
        """Files beside manage.py with the name of a module that Django or Channels imports."""
        for path in sorted(Path(self.project).iterdir()):
            name = path.name.removesuffix(".py")
            is_module = path.suffix == ".py" or os.access(path / "__init__.py", os.R_OK)
            others = name in sys.stdlib_module_names or name in PACKAGES
            if is_module and others and name in sys.modules:
                yield Hidden(name, path.name)

    def begin(self) -> None:
        """Drops what happened before, but for coroutines of which nobody was told yet."""
        self.facts = [fact for fact in self.facts if isinstance(fact, Forgotten)]

    def take(self) -> tuple[Fact, ...]:
        facts, self.facts = tuple(self.facts), []
        return facts

    def is_heard(self) -> bool:
        """Whether one of many is told: a live recorder leaves out what nobody can read."""
        return True

    def on_taken(self, served: Any, message: Any) -> None:
        """Called with each event that reaches a consumer, if the recorder is live."""

    def on_swallowed(self, error: BaseException) -> None:
        if by := self.source(error):
            self.note(Swallowed(written(error), by, handling.get()))

    def source(self, error: BaseException) -> Caller | None:
        """The innermost line of the project through which an exception came."""
        found, traceback = None, error.__traceback__
        while traceback:
            found = self.caller_in(traceback.tb_frame.f_code, traceback.tb_lineno) or found
            traceback = traceback.tb_next
        return found

    def caller(self) -> Caller | None:
        """The line of the project that makes the call which is being noted."""
        return self.frame() or calling.get() or self.origin(current_coroutine())

    def frame(self) -> Caller | None:
        """The innermost line of the project that is being carried out."""
        frame: FrameType | None = sys._getframe(1)
        while frame:
            if caller := self.caller_in(frame.f_code, frame.f_lineno):
                return caller
            frame = frame.f_back
        return None

    def stuck(self) -> Stuck | None:
        """Where the project is just now, in the main thread or else in another."""
        frames, main = sys._current_frames(), threading.main_thread().ident
        for thread in sorted(frames, key=lambda each: each != main):
            frame: FrameType | None = frames[thread]
            while frame:
                if by := self.caller_in(frame.f_code, frame.f_lineno):
                    return Stuck(by)
                frame = frame.f_back
        return None

    def origin(self, coroutine: Any) -> Caller | None:
        """The line of the project that made a coroutine."""
        for filename, line, function in getattr(coroutine, "cr_origin", None) or ():
            if path := self.own(filename):
                return Caller(function, Place(path, line))
        return None

    def caller_in(self, code: CodeType, line: int) -> Caller | None:
        path = self.own(code.co_filename)
        return Caller(code.co_qualname, Place(path, line)) if path else None

    def place_of(self, function: Any) -> Place | None:
        """Where a method is defined, if that is in the project."""
        for _ in range(NESTING):
            if not hasattr(function, "__wrapped__"):
                break
            function = function.__wrapped__
        code = getattr(getattr(function, "__func__", function), "__code__", function)
        path = self.own(code.co_filename) if isinstance(code, CodeType) else None
        return Place(path, code.co_firstlineno) if path else None

    def own(self, filename: str) -> str | None:
        """A file's way from the project's folder; None for another's, and for the suite."""
        if filename not in self.ways:
            self.ways[filename] = self.way(filename)
        return self.ways[filename]

    def way(self, filename: str) -> str | None:
        if not filename.startswith(self.project + os.sep):
            return None
        path = filename[len(self.project) + 1 :].replace(os.sep, "/")
        return None if path.startswith(("tests/", ".venv/")) else path


def written(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:LONGEST]


def current_coroutine() -> Any:
    try:
        task = asyncio.current_task()
    except RuntimeError:
        return None
    return task.get_coro() if task else None


def replace(owner: Any, name: str, function: Any) -> None:
    setattr(owner, name, function)
