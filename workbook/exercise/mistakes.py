"""The known mistakes: what the catalogue says of them, and which of them was made."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Template

from workbook.exercise.catalogue import Value, file, read
from workbook.exercise.causes import causes
from workbook.exercise.deduction import Deduction
from workbook.exercise.evidence import evidence
from workbook.exercise.inspection import inspected
from workbook.exercise.pages import pages
from workbook.exercise.reading import reading, unexplained
from workbook.exercise.records import CheckResult
from workbook.exercise.sources import Sources
from workbook.languages import LANGUAGES, Bilingual
from workbook.recorder.facts import Place
from workbook.steps import Step, all_steps

PATTERNS = ("happened", "check", "error", "has", "lacks", "at")
NO_SIGN = Bilingual(
    "It needs happened, check, error, has or lacks.",
    "لا بد فيه من happened أو check أو error أو has أو lacks.",
)
NO_EDIT = Bilingual("It needs edits or delete.", "لا بد فيه من edits أو delete.")


@dataclass(frozen=True)
class Signs:
    """How a mistake is recognised; each that is not None has to hold.

    `happened` is the kind of something that was deduced from what the recorder saw, `check` is the
    failed check's name, `error` stands in one of its errors, `has` and `lacks` look
    into the files that `file` names, a glob or "", and `at` finds the line to show in them.
    """

    happened: re.Pattern[str] | None = None
    check: re.Pattern[str] | None = None
    error: re.Pattern[str] | None = None
    file: str = ""
    has: re.Pattern[str] | None = None
    lacks: re.Pattern[str] | None = None
    at: re.Pattern[str] | None = None


@dataclass(frozen=True)
class Edit:
    """What is replaced in a file; an `old` that is empty stands for the whole of it.

    `encoding` is the one that the file is then saved in.
    """

    file: str
    old: str
    new: str
    encoding: str = "utf-8"


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
    """The mistake that was made, where to look, and the learner's own names in what is said."""

    mistake: Mistake
    place: Place | None
    words: dict[str, str]

    @property
    def what(self) -> Bilingual:
        return filled(self.mistake.what, self.words)

    @property
    def why(self) -> Bilingual:
        return filled(self.mistake.why, self.words)


def filled(text: Bilingual, words: dict[str, str]) -> Bilingual:
    """The text with `$by` and its like replaced."""
    return Bilingual(*(Template(text[each]).safe_substitute(words) for each in LANGUAGES))


def explain(result: CheckResult, project: Path, step: Step) -> Explanation | None:
    """The first known mistake that fits the failed check.

    What happened comes first, of whatever step the mistake is, unless the learner's own code has
    raised an error: then the error does. What files look like is asked up to the learner's step.
    """
    sources, failure = Sources(project), result.failure
    if failure is None:
        return recognised(result, step, sources)
    happened = witnessed(evidence(failure.facts), result, sources)
    raised = failure.place is not None
    return (
        witnessed(reading(failure, sources), result, sources)
        or witnessed(pages(failure, sources), result, sources)
        or witnessed(causes(failure.facts), result, sources)
        or (recognised(result, step, sources) if raised else happened)
        or (happened if raised else recognised(result, step, sources))
        or witnessed(unexplained(failure, sources), result, sources)
    )


def witnessed(
    deduced: Iterator[Deduction], result: CheckResult, sources: Sources
) -> Explanation | None:
    """The first mistake of the likeliest thing that happened."""
    *_, last = all_steps()
    known = [mistake for mistake in mistakes(last) if mistake.signs.happened]
    closely = (each for happened in deduced for each in inspected(happened, sources))
    for happened in closely:
        for mistake in known:
            if (
                is_sign(mistake.signs, happened)
                and fits(mistake.signs, result, sources)
                and can_be_said(mistake, happened.words)
            ):
                where = happened.place or place(mistake.signs, result, sources)
                return Explanation(mistake, where, happened.words)
    return None


def can_be_said(mistake: Mistake, words: dict[str, str]) -> bool:
    """Whether all the names are known that stand in its texts: a caller may be Channels itself."""
    texts = [text[each] for text in (mistake.what, mistake.why) for each in LANGUAGES]
    return all(words.keys() >= {*Template(text).get_identifiers()} for text in texts)


def recognised(result: CheckResult, step: Step, sources: Sources) -> Explanation | None:
    """The first mistake up to the learner's step, by the error and by what the files look like."""
    for mistake in mistakes(step):
        if not mistake.signs.happened and fits(mistake.signs, result, sources):
            word = result.failure.word if result.failure else ""
            words = {"error": word.removeprefix("AssertionError: ")}
            return Explanation(mistake, place(mistake.signs, result, sources), words)
    return None


def is_sign(signs: Signs, deduction: Deduction) -> bool:
    return bool(signs.happened and signs.happened.fullmatch(deduction.kind))


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
    if not values.keys() & {"happened", "check", "error", "has", "lacks"}:
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
    values = value.table(["file", "old", "new"], ["encoding"])
    encoding = values["encoding"].text() if "encoding" in values else "utf-8"
    return Edit(values["file"].text(), values["old"].string(), values["new"].string(), encoding)


def fits(signs: Signs, result: CheckResult, sources: Sources) -> bool:
    """Whether every sign holds; only where the failure's own do, a file is read for the others."""
    errors = "\n".join(result.failure.errors) if result.failure else ""
    return (
        (not signs.check or bool(signs.check.fullmatch(result.name)))
        and (not signs.error or bool(signs.error.search(errors)))
        and (not signs.has or found(signs.has, signs.file, sources))
        and (not signs.lacks or is_lacking(signs.lacks, signs.file, sources))
    )


def is_lacking(pattern: re.Pattern[str], file: str, sources: Sources) -> bool:
    """Of one file that is not there nobody knows what it lacks, unless everything is asked for."""
    is_known = pattern.pattern == r"\S" or "*" in file or bool(sources.texts(file))
    return is_known and not found(pattern, file, sources)


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
