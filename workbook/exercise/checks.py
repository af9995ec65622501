"""Runs a step's suite on a project, and gives each check's result."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from workbook.errors import WorkbookError
from workbook.exercise.processes import Run, Runs
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


def always() -> bool:
    return True


class Attempt:
    """One attempt of a project: the core of a step's suite and, meanwhile, the extras.

    Raises WorkbookError if there is no project to check, and Unwanted from `core` and `extras`
    once `wanted` says no; both give None where for a moment nothing has come. Ends all that it
    started.
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
        self.runs = Runs(project, suite, environment)

    def __enter__(self) -> "Attempt":
        return self

    def __exit__(self, *_: object) -> None:
        self.runs.end()

    def core(self) -> Iterator[CheckResult | None]:
        """The results of the core; when a check has to be ended, those behind it are "waiting"."""
        yield from results(self.runs.halves[0], self.wanted)

    def extras(self) -> Iterator[CheckResult | None]:
        yield from results(self.runs.halves[1], self.wanted)


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


def results(run: Run, wanted: Callable[[], bool]) -> Iterator[CheckResult | None]:
    """The results of a half, each as soon as it is known; None while nothing has come."""
    tally = Tally()
    for message in messages(run, wanted):
        match message:
            case None:
                yield None
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


def messages(run: Run, wanted: Callable[[], bool]) -> Iterator[Message | None]:
    """What the run tells; if it does not come to its end, Broken is the last."""
    limit, waited = 0, 0.0
    while True:
        if not wanted():
            raise Unwanted
        if limit and waited > limit:
            yield Broken(ended("TimeLimit", too_long(limit)))
            return
        try:
            message = run.hear(GLANCE)
        except EOFError:
            yield Broken(ended("ProcessExit", EXITED))
            return
        if message is None:
            waited += GLANCE  # even if the machine stood still for longer
        else:
            limit, waited = message.limit, 0.0
        yield message
        if isinstance(message, Unloadable | Broken | Done):
            return


def ended(name: str, says: Bilingual) -> Failure:
    """The failure of a run that did not come to its end."""
    error = f"{name}: {says.en}"
    return Failure((error,), None, error, says)
