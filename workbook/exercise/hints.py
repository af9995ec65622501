import tomllib
from collections.abc import Iterable
from dataclasses import dataclass

from workbook.errors import WorkbookError
from workbook.exercise.mistakes import CATALOGUE
from workbook.exercise.progress import Progress
from workbook.invocation import typed
from workbook.languages import Bilingual
from workbook.records import CheckResult
from workbook.steps import Step, all_steps

DEPTHS = 3


@dataclass(frozen=True)
class Hint:
    """One of a check's hints. Depth 0 is a nudge, 1 the file, 2 the code's shape."""

    check: str
    depth: int
    texts: Bilingual


def needed(results: Iterable[CheckResult], step: Step) -> CheckResult | None:
    """The core failure to hint at: the first of the step's own suite, else the first of all.

    Half-way through a rewrite older checks fail too, and what helped with them then does not now.
    """
    failed = [each for each in results if each.outcome == "failed" and not each.extra]
    own = [each for each in failed if each.suite == f"test_{step.slug}"]
    return next(iter(own or failed), None)


def next_hint(step: Step, check: str, progress: Progress) -> Hint:
    """The hint that comes next for a check; one of an earlier step has its hints there.

    A project that cannot be loaded has none, and `make check` says what is wrong with it.
    """
    for each in all_steps()[: step.number]:
        path = CATALOGUE / each.path.name / "hints.toml"
        for group in tomllib.loads(path.read_text("utf-8"))["hint"]:
            if check in group["checks"]:
                depth = progress.next_depth(step, check, DEPTHS)
                texts = Bilingual(group["en"][depth], group["ar"][depth])
                return Hint(check, depth, texts)
    raise WorkbookError(
        Bilingual(
            "The check itself says what is wrong here.", "في نتيجة الاختبار نفسها بيان الخطأ."
        ),
        typed("check"),
    )
