"""Runs a step's suite on a project, in processes of its own, and gives each check's result."""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.process import BaseProcess
from pathlib import Path

from workbook.errors import WorkbookError
from workbook.exercise.records import (
    Broken,
    CheckResult,
    Done,
    Ended,
    Failure,
    Message,
    Planned,
    PlannedCase,
    Started,
    Unloadable,
    too_long,
)
from workbook.exercise.strays import MARK, end_strays, marked
from workbook.languages import Bilingual

GLANCE = 0.05  # seconds between two looks at whether the run is still wanted
PROJECT = CheckResult(
    "project",
    "project",
    Bilingual("The project can be loaded.", "يمكن تحميل المشروع."),
    extra=False,
    outcome="failed",
)
EXITED = Bilingual("It ended the whole process.", "أنهى ذلك العملية كلها.")
NOT_RUN = Bilingual("The suite could not be read.", "تعذّرت قراءة حزمة الاختبارات.")


class Unwanted(Exception):
    """The run was ended: nobody waits for its results any more."""


def run_suite(
    project: Path,
    *options: str,
    python: str = sys.executable,
    environment: dict[str, str] | None = None,
) -> int:
    """Runs the project's own suite in a process of its own; pytest's exit code."""
    command = [python, "-m", "pytest", "-p", "no:cacheprovider", *options]
    return subprocess.call(command, cwd=project, env=environment)


def warm_up() -> None:
    """From here on, where the system can fork, a run begins with its libraries loaded."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        multiprocessing.set_start_method("forkserver", force=True)
        multiprocessing.set_forkserver_preload(
            ["workbook.exercise.runner", "workbook.exercise.preload"]
        )


def always() -> bool:
    return True


class Attempt:
    """One attempt of a project: the core of a step's suite and, meanwhile, the extras.

    Raises WorkbookError if there is no project to check, and Unwanted from `core` and `extras`
    once `wanted` says no. Ends all that it started.
    """

    def __init__(
        self,
        project: Path,
        suite: Path,
        wanted: Callable[[], bool] = always,
        environment: dict[str, str] | None = None,
    ) -> None:
        require_project(project)
        self.wanted = wanted
        self.environment = marked(dict(os.environ) if environment is None else environment)
        self.halves = [Half(project, suite, extras, self.environment) for extras in (False, True)]

    def __enter__(self) -> "Attempt":
        return self

    def __exit__(self, *_: object) -> None:
        for half in self.halves:
            half.end()
        end_strays(self.environment[MARK])

    def core(self) -> Iterator[CheckResult]:
        """The results of the core; when a check has to be ended, those behind it are "waiting"."""
        yield from self.halves[0].results(self.wanted)

    def extras(self) -> Iterator[CheckResult]:
        yield from self.halves[1].results(self.wanted)


def require_project(project: Path) -> None:
    """A WorkbookError that names what a Django project has and this folder lacks."""
    for name, other in [("manage.py", ""), ("mysite/settings.py", "mysite/settings/__init__.py")]:
        if not any((project / each).is_file() for each in (name, other)):
            raise WorkbookError(
                Bilingual(
                    f"There is no {name} in {project.name}: it is no Django project.",
                    f"لا يوجد {name} في المجلد {project.name}، فهو ليس مشروع Django.",
                ),
                deeper(project),
            )


def deeper(project: Path) -> Bilingual | str:
    """Where a project lies that was made in a folder of its own; "" if there is none."""
    for path in sorted(project.glob("*/manage.py")):
        inner = path.parent.name
        return Bilingual(
            f"It lies one folder too deep, in {inner}: move what is in there up.",
            f"المشروع داخل مجلد آخر هو {inner}: انقل ما فيه إلى خارجه.",
        )
    return ""


@dataclass
class Case:
    """One test function with one set of parameters."""

    check: CheckResult
    done: bool = False
    failure: Failure | None = None
    reason: str = ""


@dataclass
class Tally:
    """The cases of a suite in the order of running, and how far they have come."""

    cases: dict[str, Case] = field(default_factory=dict)
    current: str = ""
    told: set[str] = field(default_factory=set)

    def plan(self, cases: Iterable[PlannedCase]) -> None:
        for each in cases:
            says = in_both(each.docstring)
            suite = Path(each.id.partition("::")[0]).stem
            waiting = CheckResult(each.check, suite, says, each.extra, outcome="waiting")
            self.cases[each.id] = Case(waiting)

    def end(self, case: str, failure: Failure | None, reason: str = "") -> None:
        self.cases[case].done = True
        self.cases[case].failure = failure
        self.cases[case].reason = reason
        self.current = ""

    def news(self) -> Iterator[CheckResult]:
        """The checks that have come to their end and were not told yet."""
        for name, cases in self.checks().items():
            failures = [case.failure for case in cases if case.failure]
            if name not in self.told and (failures or all(case.done for case in cases)):
                self.told.add(name)
                failure = failures[0] if failures else None
                reasons = [in_both(case.reason) for case in cases if case.reason]
                reason = reasons[0] if reasons and not failures else None
                outcome = "failed" if failures else "untried" if reason else "passed"
                yield replace(cases[0].check, outcome=outcome, failure=failure, reason=reason)

    def rest(self) -> Iterator[CheckResult]:
        """The checks that were not tried."""
        for name, cases in self.checks().items():
            if name not in self.told:
                yield cases[0].check

    def checks(self) -> dict[str, list[Case]]:
        by_name: dict[str, list[Case]] = {}
        for case in self.cases.values():
            by_name.setdefault(case.check.name, []).append(case)
        return by_name


def in_both(text: str) -> Bilingual:
    """What a suite writes in English and, below an empty line, in Arabic."""
    english, arabic = text.split("\n\n")
    return Bilingual(english.strip(), arabic.strip())


class Half:
    """A process that runs one half of a suite: the core or the extras."""

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

    def end(self) -> None:
        self.ear.close()
        end(self.process)

    def results(self, wanted: Callable[[], bool]) -> Iterator[CheckResult]:
        tally = Tally()
        for message in self.messages(wanted):
            match message:
                case Planned(cases):
                    tally.plan(cases)
                case Started(case):
                    tally.current = case
                case Ended(case, failure, reason):
                    tally.end(case, failure, reason)
                case Broken(failure) if tally.current:
                    tally.end(tally.current, failure)
                case Broken(failure) | Unloadable(failure):
                    yield replace(PROJECT, failure=failure)
                case Done() if not tally.cases:
                    yield replace(PROJECT, failure=ended("SuiteNotRun", NOT_RUN))
            yield from tally.news()
        yield from tally.rest()

    def messages(self, wanted: Callable[[], bool]) -> Iterator[Message]:
        """What the process tells; if it does not come to its end, Broken is the last."""
        limit, waited = 0, 0.0
        while True:
            if not wanted():
                raise Unwanted
            if limit and waited > limit:
                yield Broken(ended("TimeLimit", too_long(limit)))
                return
            try:
                if not self.ear.poll(GLANCE):
                    waited += GLANCE  # even if the machine stood still for longer
                    if self.process.is_alive() or self.ear.poll():
                        continue
                    raise EOFError  # what it has started still holds the pipe
                message: Message = self.ear.recv()
            except EOFError:
                yield Broken(ended("ProcessExit", EXITED))
                return
            limit = message.limit
            waited = 0.0
            yield message
            if isinstance(message, Unloadable | Broken | Done):
                return


def ended(name: str, says: Bilingual) -> Failure:
    """The failure of a run that did not come to its end."""
    error = f"{name}: {says.en}"
    return Failure((error,), None, error, says)


def end(process: BaseProcess) -> None:
    """Ends the process and all that it started."""
    if process.pid and hasattr(os, "killpg"):
        # It may have ended, may not be reaped yet, or have no group of its own so far.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()


def end_all() -> None:
    """Ends the checks that are under way: without that, this process would wait for them."""
    for process in multiprocessing.active_children():
        end(process)
