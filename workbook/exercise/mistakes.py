"""The known mistakes: what the catalogue says of them, and which of them was made."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from workbook.exercise.catalogue import Value, file, read
from workbook.exercise.records import CheckResult, Place
from workbook.exercise.sources import Sources
from workbook.languages import LANGUAGES, Bilingual
from workbook.steps import Step, all_steps

PATTERNS = ("check", "error", "has", "lacks", "at")
NO_SIGN = Bilingual(
    "It needs check, error, has or lacks.", "لا بد فيه من check أو error أو has أو lacks."
)
NO_EDIT = Bilingual("It needs edits or delete.", "لا بد فيه من edits أو delete.")


@dataclass(frozen=True)
class Signs:
    """How a mistake is recognised; each that is not None has to hold.

    `check` is the failed check's name, `error` stands in one of its errors, `has` and `lacks` look
    into the files that `file` names, a glob or "", and `at` finds the line to show in them.
    """

    check: re.Pattern[str] | None = None
    error: re.Pattern[str] | None = None
    file: str = ""
    has: re.Pattern[str] | None = None
    lacks: re.Pattern[str] | None = None
    at: re.Pattern[str] | None = None


@dataclass(frozen=True)
class Edit:
    """What is replaced in a file; an `old` that is empty stands for the whole of it."""

    file: str
    old: str
    new: str


@dataclass(frozen=True)
class Made:
    """How the mistake is made in the step as it should be, and the check that then fails first."""

    check: str
    edits: tuple[Edit, ...]
    delete: tuple[str, ...]


@dataclass(frozen=True)
class Mistake:
    """A known mistake: how it is recognised, what to say of it, and how it is made."""

    name: str
    signs: Signs
    what: Bilingual
    why: Bilingual
    made: Made


@dataclass(frozen=True)
class Explanation:
    """The mistake that was made, and where to look."""

    mistake: Mistake
    place: Place | None


def explain(result: CheckResult, project: Path, step: Step) -> Explanation | None:
    """The first known mistake, of this step or of one before, that fits the failed check."""
    sources = Sources(project)
    for mistake in mistakes(step):
        if fits(mistake.signs, result, sources):
            return Explanation(mistake, place(mistake.signs, result, sources))
    return None


def mistakes(step: Step) -> Iterator[Mistake]:
    """The catalogue up to the step, in its order."""
    for each in all_steps()[: step.number]:
        yield from mistakes_of(each)


def mistakes_of(step: Step) -> tuple[Mistake, ...]:
    """The mistakes that the step brings."""
    path = file(step, "mistakes.toml")
    return kept(path, path.stat().st_mtime_ns)


@lru_cache
def kept(path: Path, changed: int) -> tuple[Mistake, ...]:
    """What stands in the file; it is good until the file is changed."""
    return tuple(parse(name, entry) for name, entry in read(path).values().items())


def parse(name: str, entry: Value) -> Mistake:
    values = entry.table(["en", "ar", "made"], ["file", *PATTERNS])
    english, arabic = (values[each].table(["what", "why"]) for each in LANGUAGES)
    what, why = (Bilingual(english[key].text(), arabic[key].text()) for key in ["what", "why"])
    return Mistake(name, signs(entry, values), what, why, made(values["made"]))


def signs(entry: Value, values: dict[str, Value]) -> Signs:
    """An entry without a sign would fit every failure, and what looks needs a file to look into."""
    if not values.keys() & {"check", "error", "has", "lacks"}:
        raise entry.refused(NO_SIGN)
    if values.keys() & {"has", "lacks", "at"} and "file" not in values:
        raise entry.missing("file")
    patterns = {key: values[key].pattern() for key in PATTERNS if key in values}
    return Signs(file=values["file"].text() if "file" in values else "", **patterns)


def made(value: Value) -> Made:
    values = value.table(["check"], ["edits", "delete"])
    edits = [edit(each) for each in values["edits"].items()] if "edits" in values else []
    delete = values["delete"].texts() if "delete" in values else ()
    if not edits and not delete:
        raise value.refused(NO_EDIT)
    return Made(values["check"].text(), tuple(edits), delete)


def edit(value: Value) -> Edit:
    values = value.table(["file", "old", "new"])
    return Edit(values["file"].text(), values["old"].string(), values["new"].string())


def fits(signs: Signs, result: CheckResult, sources: Sources) -> bool:
    """Whether every sign holds; only where the failure's own do, a file is read for the others."""
    errors = "\n".join(result.failure.errors) if result.failure else ""
    return (
        (not signs.check or bool(signs.check.fullmatch(result.name)))
        and (not signs.error or bool(signs.error.search(errors)))
        and (not signs.has or found(signs.has, signs.file, sources))
        and (not signs.lacks or not found(signs.lacks, signs.file, sources))
    )


def found(pattern: re.Pattern[str], file: str, sources: Sources) -> bool:
    return any(pattern.search(text) for text in sources.texts(file).values())


def place(signs: Signs, result: CheckResult, sources: Sources) -> Place | None:
    """Where to look: the line that `at` finds, else the learner's line in the failure."""
    texts = sources.texts(signs.file)
    for path, text in texts.items():
        for number, line in enumerate(text.split("\n"), start=1):
            if signs.at and signs.at.search(line):
                return Place(path, number)
    if result.failure and result.failure.place:
        return result.failure.place
    return next((Place(path, 1) for path in texts), None)
