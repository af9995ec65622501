"""The Arabic words that were decided, and the ones that must not come back."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from workbook.languages import Bilingual
from workbook.proofreading.records import Finding
from workbook.steps import ROOT

TABLE = Path(__file__).with_suffix(".toml")
PLACES = (
    "*.md",
    "notes/**/*.md",
    "steps/*/tests/*.py",
    "workbook/catalogue/**/*.toml",
    "workbook/**/*.py",
    "workbook/**/*.html",
    "workbook/**/*.js",
)
UNREAD = re.compile(r"`[^`]*`|[\u064b-\u0652]")


@dataclass(frozen=True)
class Term:
    """An expression that is refused, what to write instead, and why."""

    refused: re.Pattern[str]
    write: str
    why: Bilingual


def given_up() -> Iterator[Finding]:
    """Each expression that was given up, wherever Arabic is read."""
    for path in read():
        for line, words, term in outworn(path.read_text("utf-8")):
            fact = Bilingual(f"Here is «{words}»: {term.why.en}.", f"هنا «{words}»: {term.why.ar}.")
            mend = Bilingual(f"write {term.write}", f"اكتب: {term.write}")
            yield Finding(path.relative_to(ROOT).as_posix(), line, fact, mend)


def read() -> list[Path]:
    """The files with words for people."""
    return [path for place in PLACES for path in sorted(ROOT.glob(place))]


def outworn(text: str) -> Iterator[tuple[int, str, Term]]:
    """The line, the words and the term of each, in a text without its code and vowel signs."""
    for number, line in enumerate(text.splitlines(), 1):
        plain = UNREAD.sub("", line)
        for term in terms():
            for match in term.refused.finditer(plain):
                yield number, match[0].strip(), term


@cache
def terms() -> tuple[Term, ...]:
    entries = tomllib.loads(TABLE.read_text("utf-8"))["term"]
    return tuple(
        Term(re.compile(entry["refused"]), entry["write"], Bilingual(entry["en"], entry["ar"]))
        for entry in entries
    )
