"""Where a learner's code runs: in processes of its own; in a tab, `tab.guests` stands here."""

import multiprocessing
import os
import signal
import subprocess
import sys
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.exercise.strays import MARK, end_strays, marked

if TYPE_CHECKING:
    from workbook.exercise.records import Message

REST = 0  # seconds to wait after a look in vain: the look itself has waited


def run_suite(
    project: Path,
    *options: str,
    python: str = sys.executable,
    environment: dict[str, str] | None = None,
) -> int:
    """Runs the project's own suite in a process of its own; pytest's exit code."""
    command = [python, "-m", "pytest", "-p", "no:cacheprovider", *options]
    return subprocess.call(command, cwd=project, env=environment)


def startproject(folder: Path) -> None:
    """What `django-admin startproject mysite` makes."""
    folder.mkdir()
    command = [sys.executable, "-m", "django", "startproject", "mysite", str(folder)]
    subprocess.run(command, check=True)


def warm_up() -> None:
    """From here on, where the system can fork, a run begins with its libraries loaded."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        multiprocessing.set_start_method("forkserver", force=True)
        multiprocessing.set_forkserver_preload(
            ["workbook.exercise.runner", "workbook.exercise.preload"]
        )


class Runs:
    """The two halves of a suite, each in a process; `end` ends all that they have started."""

    def __init__(self, project: Path, suite: Path, environment: dict[str, str] | None) -> None:
        self.environment = marked(dict(os.environ) if environment is None else environment)
        self.halves = [Run(project, suite, extras, self.environment) for extras in (False, True)]

    def end(self) -> None:
        for half in self.halves:
            half.end()
        end_strays(self.environment[MARK])


class Run:
    """A process that runs one half of a suite: the extras, or the core."""

    def __init__(
        self, project: Path, suite: Path, extras: bool, environment: dict[str, str]
    ) -> None:
        from workbook.exercise import runner  # it imports pytest, which the menu need not wait for

        self.ear, mouth = multiprocessing.Pipe(duplex=False)
        self.process = multiprocessing.Process(
            target=runner.run, args=(project, suite, extras, environment, mouth)
        )
        self.process.start()
        mouth.close()

    def hear(self, seconds: float) -> "Message | None":
        """What it tells next, if it does so in time; an EOFError if nothing more will come."""
        if not self.ear.poll(seconds):
            if self.process.is_alive() or self.ear.poll():
                return None
            raise EOFError  # what it has started still holds the pipe
        message: Message = self.ear.recv()
        return message

    def end(self) -> None:
        self.ear.close()
        end(self.process)


def end(process: BaseProcess) -> None:
    """Ends the process and all that it started."""
    if process.pid and hasattr(os, "killpg"):
        # It may have ended, may not be reaped yet, or have no group of its own so far.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()


def end_all() -> None:
    """Ends the runs that are under way: without that, this process would wait for them."""
    for process in multiprocessing.active_children():
        end(process)
