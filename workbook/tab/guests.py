"""Where a learner's code runs in a tab: in interpreters of its own; see `exercise.processes`."""

import pickle
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.tab.machine import Guest

if TYPE_CHECKING:
    from workbook.exercise.records import Message

REST = 0.05  # seconds to wait after a look in vain, as a look waits on a machine


def startproject(folder: Path) -> None:
    """What `django-admin startproject mysite` makes."""
    from django.core.management import call_command

    folder.mkdir()
    call_command("startproject", "mysite", str(folder), verbosity=0)


def warm_up() -> None:
    """A spare is kept warm as it is."""


def end_all() -> None:
    """They end with the page."""


class Runs:
    """The two halves of a suite, one after the other in one interpreter."""

    def __init__(self, project: Path, suite: Path, environment: dict[str, str] | None) -> None:
        self.heard: deque[Message] = deque()
        self.is_gone = False
        self.guest = Guest(self.hear, self.leave)
        self.guest.settle(project)
        self.guest.tell("check", str(project), str(suite))
        self.halves = [Run(self, half) for half in ("core", "extras")]

    def hear(self, message: Any) -> None:
        self.heard.append(pickle.loads(message.to_bytes()))

    def leave(self) -> None:
        self.is_gone = True

    def end(self) -> None:
        self.guest.end()


class Run:
    """One half; it begins when it is first asked for."""

    def __init__(self, runs: Runs, half: str) -> None:
        self.runs, self.half = runs, half
        self.has_begun = False

    def hear(self, seconds: float) -> "Message | None":
        """What it tells next, if it has come; an EOFError if nothing more will come."""
        if not self.has_begun:
            self.has_begun = True
            self.runs.guest.tell(self.half)
        if self.runs.heard:
            return self.runs.heard.popleft()
        if self.runs.is_gone:
            raise EOFError
        return None
