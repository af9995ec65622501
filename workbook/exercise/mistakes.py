import io
import re
import tokenize
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook.exercise.records import CheckResult, Place
from workbook.languages import Bilingual
from workbook.steps import Step, all_steps

CATALOGUE = Path(__file__).parent.parent / "catalogue"


@dataclass(frozen=True)
class Mistake:
    """A known mistake: how it is recognised, what to say of it, and how it is made."""

    name: str
    conditions: dict[str, str]
    what: Bilingual
    why: Bilingual
    made: dict[str, Any]


@dataclass(frozen=True)
class Explanation:
    """The mistake that was made, and where to look."""

    mistake: Mistake
    place: Place | None


def explain(result: CheckResult, project: Path, step: Step) -> Explanation | None:
    """The first known mistake, of this step or of one before, that fits the failed check."""
    for mistake in mistakes(step):
        if fits(mistake.conditions, result, project):
            return Explanation(mistake, place(mistake.conditions, result, project))
    return None


def mistakes(step: Step) -> Iterator[Mistake]:
    """The catalogue up to the step, in its order."""
    for each in all_steps()[: step.number]:
        yield from mistakes_of(each)


def mistakes_of(step: Step) -> Iterator[Mistake]:
    """The mistakes that the step brings."""
    path = CATALOGUE / step.path.name / "mistakes.toml"
    for name, entry in tomllib.loads(path.read_text("utf-8")).items():
        yield parse(name, entry)


def parse(name: str, entry: dict[str, Any]) -> Mistake:
    texts = {word: Bilingual(entry["en"][word], entry["ar"][word]) for word in ("what", "why")}
    others = ("en", "ar", "made")
    conditions = {word: value for word, value in entry.items() if word not in others}
    return Mistake(name, conditions, **texts, made=entry["made"])


def fits(conditions: dict[str, str], result: CheckResult, project: Path) -> bool:
    """Whether every condition given holds."""
    errors = "\n".join(result.failure.errors) if result.failure else ""
    texts = [code(path) for path in files(conditions, project)]

    def found(pattern: str) -> bool:
        return any(re.search(pattern, text, re.M) for text in texts)

    return (
        ("check" not in conditions or bool(re.fullmatch(conditions["check"], result.name)))
        and ("error" not in conditions or bool(re.search(conditions["error"], errors, re.M)))
        and ("has" not in conditions or found(conditions["has"]))
        and ("lacks" not in conditions or not found(conditions["lacks"]))
    )


def files(conditions: dict[str, str], project: Path) -> list[Path]:
    return sorted(project.glob(conditions["file"])) if "file" in conditions else []


def code(path: Path) -> str:
    """A file's text, a Python file's without its comments."""
    text = path.read_text("utf-8", errors="replace")
    if path.suffix != ".py":
        return text
    lines = text.splitlines()
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                row, column = token.start
                lines[row - 1] = lines[row - 1][:column]
    except (tokenize.TokenError, SyntaxError):
        pass  # what cannot be read to its end is looked at as it is
    return "\n".join(lines)


def place(conditions: dict[str, str], result: CheckResult, project: Path) -> Place | None:
    """Where to look: the line that `at` finds, else the learner's line in the failure."""
    found = files(conditions, project)
    for path in found if "at" in conditions else []:
        for number, line in enumerate(code(path).splitlines(), start=1):
            if re.search(conditions["at"], line):
                return Place(path.relative_to(project).as_posix(), number)
    if result.failure and result.failure.place:
        return result.failure.place
    return Place(found[0].relative_to(project).as_posix(), 1) if found else None
