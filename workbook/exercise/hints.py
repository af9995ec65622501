"""The three hints of what is missing next, one after the other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from workbook import notes
from workbook.errors import WorkbookError
from workbook.exercise import desk
from workbook.exercise.catalogue import Value, file, read
from workbook.exercise.causes import causes
from workbook.exercise.deduction import of
from workbook.exercise.evidence import evidence
from workbook.exercise.mistakes import PATTERNS, Signs, filled, fits, is_sign, signs
from workbook.exercise.progress import Progress
from workbook.exercise.records import CheckResult, Failure
from workbook.exercise.sheet import Sheet
from workbook.exercise.sources import Own
from workbook.invocation import typed
from workbook.languages import Bilingual
from workbook.notes import Passage
from workbook.recorder.facts import Called, Fact, Served
from workbook.steps import Step, all_steps

DEPTHS = 3
UNREADABLE = re.compile("^(SyntaxError|IndentationError|TabError|UnicodeDecodeError)", re.M)

NEWEST = Bilingual(
    "Python stops while it reads your project, and so nothing else can work yet. Which lines are "
    "the newest?",
    "تتوقف Python وهي تقرأ مشروعك، فلا يعمل أي شيء آخر حتى الآن. ما أحدث الأسطر التي كتبتها؟",
)
RAISED = Bilingual(
    "Python stops in the middle of your code. What did that line expect to be there?",
    "تتوقف Python في وسط شيفرتك. ما الذي توقّع ذلك السطر أن يجده؟",
)
NO_LINE = Bilingual(
    "No line of yours is named. In the folder `work`, run `python manage.py check`: what it says "
    "last is the reason.",
    "لم يُذكر سطر من أسطرك. نفّذ الأمر `python manage.py check` في المجلد `work`: آخر ما يقوله هو "
    "السبب.",
)


@dataclass(frozen=True)
class When:
    """A state in which something is missing: `signs` are as a mistake's.

    `undone` are calls of the channel layer that no consumer has made, or "async", where none is.
    """

    signs: Signs
    undone: re.Pattern[str] | None


@dataclass(frozen=True)
class Group:
    """Hints in each language, a text for each depth; `checks` are those that have them in common.

    With a `when` they are only for that state, and without checks for whatever fails in it. `name`
    is the key of its place in the catalogue.
    """

    name: str
    checks: tuple[str, ...]
    when: When | None
    en: tuple[str, ...]
    ar: tuple[str, ...]


@dataclass(frozen=True)
class Hint:
    """One of the hints. Depth 0 is a nudge, 1 the file, 2 the code's shape.

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


def next_hint(sheet: Sheet, project: Path = desk.DESK) -> Hint:
    """The hint that comes next after a check: on what happened there, else on what failed."""
    check = sheet.hintable
    if check is None:
        raise WorkbookError(
            Bilingual(
                "All the core checks pass: there is nothing to hint at.",
                "نجحت الاختبارات الأساسية كلها، فلا حاجة إلى تلميح.",
            ),
            typed("check"),
        )
    for group, words in fitting(sheet, check, project):
        depth = Progress().next_depth(sheet.step, group.name, DEPTHS)
        texts = filled(Bilingual(group.en[depth], group.ar[depth]), words)
        return Hint(check, depth, texts, notes.passages([check.name], sheet.step))
    raise WorkbookError(
        Bilingual(
            "The check itself says what is wrong here.", "في نتيجة الاختبار نفسها بيان الخطأ."
        ),
        typed("check"),
    )


def fitting(
    sheet: Sheet, check: CheckResult, project: Path
) -> Iterator[tuple[Group, dict[str, str]]]:
    """The groups that fit, the best first, with the words to put into their texts.

    What Python cannot read hides all else. Then comes the state of the whole, which the first
    failure tells of, then a line of the learner's that an error came out of, then what the check
    asks.
    """
    blamed = sheet.blamed or check
    state = State(blamed, Own(project))
    if blamed.failure and is_unreadable(blamed):
        yield stopped(blamed.failure, NEWEST), {}
    for group in nearest(sheet.step):
        words = state.words(group.when) if group.when else None
        if words is not None and (not group.checks or check.name in group.checks):
            yield group, words
    for failure in (check.failure, None if state.served else blamed.failure):
        if failure and failure.place:
            yield stopped(failure, RAISED), {}
    for each in (check, blamed):
        for group in groups(sheet.step):
            if each.name in group.checks and not group.when:
                yield group, {}


def is_unreadable(check: CheckResult) -> bool:
    """Whether it says that the project cannot even be loaded."""
    errors = "\n".join(check.failure.errors) if check.failure else ""
    return check.suite == "project" or bool(UNREADABLE.search(errors))


class State:
    """How far a project has come, by its first failure, what happened in it, and its files."""

    def __init__(self, blamed: CheckResult, sources: Own) -> None:
        facts: tuple[Fact, ...] = blamed.failure.facts if blamed.failure else ()
        self.blamed = blamed
        self.sources = sources
        self.happened = [*causes(facts), *evidence(facts)]
        self.served = of(Served, facts)
        self.done = {fact.call for fact in of(Called, facts)}
        if any(not fact.sync for fact in self.served):
            self.done.add("async")

    def words(self, when: When) -> dict[str, str] | None:
        """None if this is another state, else the learner's own names for what happened."""
        if when.undone and not self.lacks(when.undone):
            return None
        if not fits(when.signs, self.blamed, self.sources):
            return None
        if not when.signs.happened:
            return {}
        found = (each.words for each in self.happened if is_sign(when.signs, each))
        return next(found, None)

    def lacks(self, undone: re.Pattern[str]) -> bool:
        """Whether consumers ran, and none has done it."""
        return bool(self.served) and not any(undone.fullmatch(each) for each in self.done)


def stopped(failure: Failure, nudge: Bilingual) -> Group:
    """Hints at the line at which Python has stopped, and at its own words."""
    texts = (nudge, where(failure), failure.says or own_words(failure))
    return Group(
        "project", (), None, tuple(each.en for each in texts), tuple(each.ar for each in texts)
    )


def where(failure: Failure) -> Bilingual:
    if failure.place is None:
        return NO_LINE
    here = failure.place.says
    return Bilingual(
        f"It stops at {here.en}. Read that line, and what it uses: the line before, the name that "
        "it calls, the file that it imports.",
        f"تتوقف عند {here.ar}. اقرأ هذا السطر وما يستعمله: السطر الذي قبله، والاسم الذي يستدعيه، "
        "والملف الذي يستورده.",
    )


def own_words(failure: Failure) -> Bilingual:
    error = failure.word or failure.errors[0]
    return Bilingual(
        f"These are Python's own words for it:\n\n{error}",
        f"هذا ما تقوله Python نفسها:\n\n{error}",
    )


def nearest(step: Step) -> Iterator[Group]:
    """The groups up to the step's, its own before those of the steps before."""
    for each in reversed(all_steps()[: step.number]):
        yield from groups_of(each)


def groups(step: Step) -> Iterator[Group]:
    """The groups up to the step's, in their order."""
    for each in all_steps()[: step.number]:
        yield from groups_of(each)


def groups_of(step: Step) -> tuple[Group, ...]:
    path = file(step, "hints.toml")
    return kept(path, path.stat().st_mtime_ns)


@lru_cache
def kept(path: Path, changed: int) -> tuple[Group, ...]:
    """What stands in the file; it is good until the file is changed."""
    taken: set[str] = set()
    return tuple(parse(entry, taken) for entry in read(path).table(["hint"])["hint"].items())


def parse(entry: Value, taken: set[str]) -> Group:
    values = entry.table(["en", "ar"], ["checks", "when"])
    if not values.keys() & {"checks", "when"}:
        raise entry.missing("checks")
    return Group(
        f"{Path(entry.file).parent.name} {entry.key}",
        checks(values["checks"], taken) if "checks" in values else (),
        when(values["when"]) if "when" in values else None,
        depths(values["en"]),
        depths(values["ar"]),
    )


def when(value: Value) -> When:
    """A state's signs, of which `undone` may be the only one."""
    values = value.table([], ["file", "undone", *PATTERNS])
    undone = values.pop("undone").pattern() if "undone" in values else None
    return When(signs(value, values) if values or not undone else Signs(), undone)


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
