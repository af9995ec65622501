"""The three hints of each check, one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from workbook import notes
from workbook.errors import WorkbookError
from workbook.exercise.catalogue import Value, file, read
from workbook.exercise.progress import Progress
from workbook.exercise.records import CheckResult
from workbook.invocation import typed
from workbook.languages import Bilingual
from workbook.notes import Passage
from workbook.steps import Step, all_steps

DEPTHS = 3


@dataclass(frozen=True)
class Group:
    """Checks that have their hints in common: in each language a text for each depth."""

    checks: tuple[str, ...]
    en: tuple[str, ...]
    ar: tuple[str, ...]


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
    for group in groups(step):
        if check.name in group.checks:
            depth = Progress().next_depth(step, check.name, DEPTHS)
            texts = Bilingual(group.en[depth], group.ar[depth])
            return Hint(check, depth, texts, notes.passages([check.name], step))
    raise WorkbookError(
        Bilingual(
            "The check itself says what is wrong here.", "في نتيجة الاختبار نفسها بيان الخطأ."
        ),
        typed("check"),
    )


def groups(step: Step) -> Iterator[Group]:
    """The groups up to the step's, in their order."""
    for each in all_steps()[: step.number]:
        path = file(each, "hints.toml")
        yield from kept(path, path.stat().st_mtime_ns)


@lru_cache
def kept(path: Path, changed: int) -> tuple[Group, ...]:
    """What stands in the file; it is good until the file is changed."""
    taken: set[str] = set()
    return tuple(parse(entry, taken) for entry in read(path).table(["hint"])["hint"].items())


def parse(entry: Value, taken: set[str]) -> Group:
    values = entry.table(["checks", "en", "ar"])
    return Group(checks(values["checks"], taken), depths(values["en"]), depths(values["ar"]))


def checks(value: Value, taken: set[str]) -> tuple[str, ...]:
    """The names of checks of which none is taken, that is, has its hints in a group before."""
    for item in value.items():
        if item.text() in taken:
            raise item.refused(Bilingual("It stands in two groups.", "هذا الاختبار في مجموعتين."))
        taken.add(item.text())
    return value.texts()


def depths(value: Value) -> tuple[str, ...]:
    texts = value.texts()
    if len(texts) != DEPTHS:
        raise value.refused(
            Bilingual(
                f"There have to be {DEPTHS} texts, not {len(texts)}.",
                f"لا بد من {DEPTHS} نصوص، وفيه {len(texts)}.",
            )
        )
    return texts
