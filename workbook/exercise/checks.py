import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Any

from workbook.errors import WorkbookError
from workbook.languages import Bilingual
from workbook.records import CheckResult, Failure

LIMITS = {"loading": 15, "start": 5}  # seconds for loading the project, and for one case
GLANCE = 0.05  # seconds between two looks at whether the run is still wanted
PROJECT = CheckResult(
    "project",
    "project",
    Bilingual("The project can be loaded.", "يمكن تحميل المشروع."),
    extra=False,
    outcome="failed",
)


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
        multiprocessing.set_start_method("forkserver")
        multiprocessing.set_forkserver_preload(
            ["workbook.exercise.runner", "workbook.exercise.preload"]
        )


def results(
    project: Path, suite: Path, environment: dict[str, str] | None = None
) -> Iterator[CheckResult]:
    """Checks the project against a step's suite; each check's result as soon as it is known.

    The extras come only if the whole core has passed.
    """
    with Check(project, suite, environment=environment) as check:
        yield from check.core()
        if check.passed:
            yield from check.extras()


def always() -> bool:
    return True


class Check:
    """One check of a project: the core of a step's suite and, meanwhile, the extras.

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
        self.passed = True
        inherited = dict(os.environ) if environment is None else environment
        self.probes = [Probe(project, suite, extras, inherited) for extras in (False, True)]

    def __enter__(self) -> "Check":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for probe in self.probes:
            probe.end()

    def core(self) -> Iterator[CheckResult]:
        """The results of the core; when a check has to be ended, those behind it are "waiting"."""
        for result in self.probes[0].results(self.wanted):
            self.passed = self.passed and result.outcome == "passed"
            yield result

    def extras(self) -> Iterator[CheckResult]:
        yield from self.probes[1].results(self.wanted)


def require_project(project: Path) -> None:
    """A WorkbookError that names what a Django project has and this folder lacks."""
    for name in ["manage.py", "mysite/settings.py"]:
        if not (project / name).is_file():
            raise WorkbookError(
                Bilingual(
                    f"There is no {name} in {project.name}: it is no Django project.",
                    f"لا يوجد {name} في المجلد {project.name}، فهو ليس مشروع Django.",
                )
            )


@dataclass
class Case:
    """One test function with one set of parameters."""

    check: CheckResult
    done: bool = False
    failure: Failure | None = None


@dataclass
class Run:
    """The cases of a suite in the order of running, and how far they have come."""

    cases: dict[str, Case] = field(default_factory=dict)
    current: str = ""
    told: set[str] = field(default_factory=set)

    def plan(self, cases: list[tuple[str, str, str, bool]]) -> None:
        for case, name, docstring, extra in cases:
            english, arabic = (line.strip() for line in docstring.split("\n\n"))
            says = Bilingual(english, arabic)
            suite = Path(case.partition("::")[0]).stem
            self.cases[case] = Case(CheckResult(name, suite, says, extra, outcome="waiting"))

    def end(self, case: str, failure: Failure | None) -> None:
        self.cases[case].done = True
        self.cases[case].failure = failure
        self.current = ""

    def news(self) -> Iterator[CheckResult]:
        """The checks that have come to their end and were not told yet."""
        for name, cases in self.checks().items():
            failures = [case.failure for case in cases if case.failure]
            if name not in self.told and (failures or all(case.done for case in cases)):
                self.told.add(name)
                outcome = "failed" if failures else "passed"
                failure = failures[0] if failures else None
                yield replace(cases[0].check, outcome=outcome, failure=failure)

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


class Probe:
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
        run = Run()
        for word, *about in self.messages(wanted):
            if word == "cases":
                run.plan(about[0])
            if word == "start":
                run.current = about[0]
            if word == "end":
                run.end(*about)
                yield from run.news()
            if word == "project" or (word == "broken" and not run.current):
                yield replace(PROJECT, failure=about[0])
            elif word == "broken":
                run.end(run.current, about[0])
                yield from run.news()
            if word == "done" and not run.cases:
                yield replace(PROJECT, failure=broken("SuiteNotRun: the suite could not be read"))
        yield from run.rest()

    def messages(self, wanted: Callable[[], bool]) -> Iterator[tuple[Any, ...]]:
        """What the process tells; ("broken", failure) last, if it does not come to its end."""
        limit, deadline = 0, None
        while True:
            if not wanted():
                raise Unwanted
            if deadline and time.monotonic() > deadline:
                yield "broken", broken(f"TimeLimit: it took longer than {limit} s")
                return
            try:
                if not self.ear.poll(GLANCE):
                    continue
                message = self.ear.recv()
            except EOFError:
                yield "broken", broken("ProcessExit: it ended the whole process")
                return
            limit = LIMITS.get(message[0], 0)
            deadline = time.monotonic() + limit if limit else None
            yield message
            if message[0] in ("project", "broken", "done"):
                return


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


def broken(error: str) -> Failure:
    return Failure((error,), None, error)
