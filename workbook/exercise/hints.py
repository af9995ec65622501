"""The three hints of each check, one after the other."""

import tomllib
from dataclasses import dataclass

from workbook import notes
from workbook.errors import WorkbookError
from workbook.exercise.catalogue import CATALOGUE
from workbook.exercise.progress import Progress
from workbook.exercise.records import CheckResult
from workbook.invocation import typed
from workbook.languages import Bilingual
from workbook.notes import Passage
from workbook.steps import Step, all_steps

DEPTHS = 3


@dataclass(frozen=True)
class Hint:
    """One of a check's hints. Depth 0 is a nudge, 1 the file, 2 the code's shape.

    `passages` are what the notes have on the matter, by language.
    """

    check: CheckResult
    depth: int
    texts: Bilingual
    passages: dict[str, Passage]

    @property
    def says_depth(self) -> Bilingual:
        number = self.depth + 1
        return Bilingual(f"Hint {number} of {DEPTHS}", f"التلميح {number} من {DEPTHS}")


def next_hint(step: Step, check: CheckResult | None) -> Hint:
    """The hint that comes next for a check that failed; one of an earlier step has its hints there.

    A project that cannot be loaded has none, and `make check` says what is wrong with it.
    """
    if check is None:
        raise WorkbookError(
            Bilingual(
                "All the core checks pass: there is nothing to hint at.",
                "نجحت الاختبارات الأساسية كلها، فلا حاجة إلى تلميح.",
            ),
            typed("check"),
        )
    for each in all_steps()[: step.number]:
        path = CATALOGUE / each.path.name / "hints.toml"
        for group in tomllib.loads(path.read_text("utf-8"))["hint"]:
            if check.name in group["checks"]:
                depth = Progress().next_depth(step, check.name, DEPTHS)
                texts = Bilingual(group["en"][depth], group["ar"][depth])
                return Hint(check, depth, texts, notes.passages([check.name], step))
    raise WorkbookError(
        Bilingual(
            "The check itself says what is wrong here.", "في نتيجة الاختبار نفسها بيان الخطأ."
        ),
        typed("check"),
    )
