"""A check of a project as one record, made whole here; the terminal and the pages only draw it."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook import notes
from workbook.errors import WorkbookError
from workbook.exercise import desk
from workbook.exercise.advice import Advice, advice
from workbook.exercise.checks import Attempt, always
from workbook.exercise.progress import Progress
from workbook.exercise.records import CheckResult
from workbook.exercise.saves import saves
from workbook.invocation import typed
from workbook.languages import Bilingual
from workbook.notes import Passage
from workbook.steps import Step, following

if TYPE_CHECKING:
    from workbook.exercise.mistakes import Explanation
    from workbook.exercise.parts import Part

CHECKING = Bilingual("Checking…", "جارٍ الاختبار…")


@dataclass(frozen=True)
class Verdict:
    """What a finished run comes to; `passed` speaks of the core alone.

    `advice` is on the failure to mend first, if there is one; `explanation` is the known mistake in
    it, and `others` counts the failures behind it. `note` is the step's own, by language; `parts`
    are its headings in "Write it", where the core did not pass and something is known of them.
    """

    passed: bool
    explanation: "Explanation | None"
    advice: Advice | None
    others: int
    note: dict[str, Passage]
    following: Step | None
    parts: "tuple[Part, ...]" = ()

    @property
    def next_part(self) -> "Part | None":
        return next((part for part in self.parts if part.next), None)

    @property
    def says_there(self) -> Bilingual | None:
        """The headings that are done, in the note's order."""
        there = [part.heading for part in self.parts if part.there]
        words = Bilingual(
            "There: " + " · ".join(each.en for each in there),
            "تمّ: " + " · ".join(each.ar for each in there),
        )
        return words if there else None

    @property
    def says_next(self) -> Bilingual | None:
        if self.next_part is None:
            return None
        heading = self.next_part.heading
        return Bilingual(f"Next: {heading.en}", f"التالي: {heading.ar}")

    @property
    def says_others(self) -> Bilingual | None:
        words = Bilingual(
            f"Failing besides: {self.others}. Most of that follows from this one: mend it first.",
            f"اختبارات أخرى لم تنجح، وعددها {self.others}، وأكثر ذلك نتيجة لهذا الخطأ. أصلحه أولًا.",
        )
        return words if self.others and not self.passed else None


@dataclass(frozen=True)
class Sheet:
    """One check of a step, as far as it has come; `results` are in the order of their coming.

    The verdict is None until the core is through; after the extras it is another one.
    """

    step: Step
    results: tuple[CheckResult, ...] = ()
    verdict: Verdict | None = None

    @property
    def title(self) -> Bilingual:
        return notes.title(self.step)

    @property
    def passed(self) -> bool:
        """Whether the core has passed; False as long as nobody knows."""
        return self.verdict is not None and self.verdict.passed

    @property
    def failed(self) -> list[CheckResult]:
        return [each for each in self.results if each.outcome == "failed"]

    @property
    def blamed(self) -> CheckResult | None:
        """The first failure, which is the one to mend: the core's come before the extras'."""
        return next(iter(self.failed), None)

    @property
    def shown(self) -> list[CheckResult]:
        """What gets a line of its own: the step's own checks, and what else failed."""
        return [
            each for each in self.results if is_own(each, self.step) or each.outcome == "failed"
        ]

    @property
    def counted(self) -> int:
        """How many checks of the steps before pass, and are only counted."""
        earlier = (each for each in self.results if not is_own(each, self.step))
        return sum(each.outcome == "passed" for each in earlier)

    @property
    def says_counted(self) -> Bilingual | None:
        count = self.counted
        words = Bilingual(
            f"{count} more checks pass", f"عدد ما نجح من اختبارات الخطوات السابقة: {count}"
        )
        return words if count else None

    @property
    def says_passed(self) -> Bilingual:
        number = self.step.number
        return Bilingual(
            f"Step {number} passed. To understand it in full:",
            f"اجتزت الخطوة {number}. لفهمها فهمًا كاملًا:",
        )

    @property
    def hintable(self) -> CheckResult | None:
        """The core failure to hint at: the first of the step's own suite, else the first of all.

        Half-way through a rewrite older checks fail too, and what helped with them then does not
        now.
        """
        core = [each for each in self.failed if not each.extra]
        own = [each for each in core if each.suite == self.step.suite]
        return next(iter(own or core), None)


def attempt(
    step: Step,
    wanted: Callable[[], bool] = always,
    environment: dict[str, str] | None = None,
) -> Iterator[Sheet]:
    """Checks what is on the desk, as `sheets` does, and remembers a pass."""
    with closing(attempted(step, wanted, environment)) as found:
        yield from filter(None, found)


def attempted(
    step: Step, wanted: Callable[[], bool], environment: dict[str, str] | None = None
) -> Generator[Sheet | None, None, None]:
    """The same, with a None whenever for a moment nothing has come.

    If another desk has come meanwhile, nobody knows which of the two was read: then the one that
    was there is checked again where it lies now.
    """
    identity, is_known = desk.identity(desk.DESK), False
    if desk.marked(desk.DESK) != step:
        raise another_desk()
    for sheet in checked(step, desk.DESK, wanted, environment):
        if sheet and sheet.verdict and not is_known and desk.identity(desk.DESK) != identity:
            yield from pass_of(step, saved_as(identity) if sheet.passed else None, environment)
        yield sheet
        if sheet and sheet.passed and not is_known:
            Progress().passed(step)
            is_known = True


def pass_of(step: Step, project: Path | None, environment: dict[str, str] | None) -> Iterator[None]:
    """A WorkbookError if what was to be checked does not pass, or is nowhere any more."""
    passed = False
    if project:
        for sheet in checked(step, project, always, environment):
            passed = bool(sheet and sheet.passed)
            yield None
    if not passed:
        raise another_desk()


def another_desk() -> WorkbookError:
    return WorkbookError(
        Bilingual(
            "Another exercise was put into work while this one was checked.",
            "وُضع تمرين آخر في المجلد work أثناء الاختبار.",
        ),
        typed("check"),
    )


def saved_as(identity: desk.Identity) -> Path | None:
    """The saved folder that has this identity."""
    found = (save.path for save in saves() if desk.identity(save.path) == identity)
    return next(found, None)


def last(sheets: Iterator[Sheet]) -> Sheet:
    """The finished sheet, of a check that nobody watches."""
    *_, sheet = sheets
    return sheet


def sheets(
    step: Step,
    project: Path,
    wanted: Callable[[], bool] = always,
    environment: dict[str, str] | None = None,
) -> Iterator[Sheet]:
    """Checks a project: a sheet after each result and each verdict, as soon as it is known.

    The extras come only if the whole core has passed. Raises what `checks.Attempt` raises.
    """
    with closing(checked(step, project, wanted, environment)) as found:
        yield from filter(None, found)


def checked(
    step: Step, project: Path, wanted: Callable[[], bool], environment: dict[str, str] | None
) -> Generator[Sheet | None, None, None]:
    """The same, with a None whenever for a moment nothing has come."""
    sheet = Sheet(step)
    with Attempt(project, step.path, wanted, environment) as checks:
        for results in (checks.core, checks.extras):
            for result in results():
                if result:
                    sheet = replace(sheet, results=(*sheet.results, result))
                yield sheet if result else None
            sheet = replace(sheet, verdict=judge(sheet, project))
            yield sheet
            if not sheet.passed:
                return


def judge(sheet: Sheet, project: Path) -> Verdict:
    from workbook.exercise.mistakes import explain  # which the menu need not wait for

    core = {result.outcome for result in sheet.results if not result.extra}
    explanation = explain(sheet.blamed, project, sheet.step) if sheet.blamed else None
    verdict = Verdict(
        passed="passed" in core and core <= {"passed", "untried"},
        explanation=explanation,
        advice=advice(sheet.blamed, explanation, sheet.step, project) if sheet.blamed else None,
        others=max(len(sheet.failed) - 1, 0),
        note=notes.passages([], sheet.step),
        following=following(sheet.step),
    )
    return verdict if verdict.passed else replace(verdict, parts=along(sheet, verdict, project))


def along(sheet: Sheet, verdict: Verdict, project: Path) -> "tuple[Part, ...]":
    """How far the learner has come along the note."""
    from workbook.exercise.parts import Blame, parts

    if sheet.blamed is None or verdict.advice is None:
        return ()
    mistake = verdict.explanation.mistake.name if verdict.explanation else ""
    blame = Blame(sheet.blamed, mistake, verdict.advice.passages)
    return tuple(parts(blame, sheet.results, sheet.step, project))


def is_own(result: CheckResult, step: Step) -> bool:
    """Whether the check is of the step's own suite, or says that nothing of it can run."""
    return result.suite in ("project", step.suite)


def record(sheet: Sheet) -> dict[str, Any]:
    """A finished sheet for other tools; CONTRIBUTING.md says what stands in it."""
    assert sheet.verdict
    verdict, explanation = sheet.verdict, sheet.verdict.explanation
    return {
        "step": sheet.step.number,
        "title": asdict(sheet.title),
        "checks": [written(result) for result in sheet.results],
        "counted": sheet.counted,
        "blamed": written(sheet.blamed) if sheet.blamed else None,
        "passed": verdict.passed,
        "explanation": explained(explanation) if explanation else None,
        "advice": asdict(verdict.advice) if verdict.advice else None,
        "others": verdict.others,
        "parts": [{"heading": asdict(part.heading), **asdict(part)} for part in verdict.parts],
        "hint": sheet.hintable.name if sheet.hintable else None,
    }


def written(result: CheckResult) -> dict[str, Any]:
    """A result without the recorder's facts, which are for the deductions alone."""
    about = asdict(result)
    if about["failure"]:
        del about["failure"]["facts"]
    return about


def explained(explanation: "Explanation") -> dict[str, Any]:
    what, why = asdict(explanation.what), asdict(explanation.why)
    words = {"name": explanation.mistake.name, "what": what, "why": why}
    return {"mistake": words, "place": explanation.place}
