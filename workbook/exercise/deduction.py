"""Something that is known to have happened in a learner's project."""

import re
from dataclasses import dataclass

from workbook.recorder.facts import Place


@dataclass(frozen=True)
class Deduction:
    """`kind` is what a mistake's `happened` asks for.

    `words` are put into the mistake's texts, for `$by`, `$file` and the like.
    """

    kind: str
    place: Place | None
    words: dict[str, str]


def placed(place: Place | None, **words: str) -> dict[str, str]:
    return {"file": place.path, "line": str(place.line), **words} if place else words


def shown(text: str) -> str:
    """A name as it is or, where it holds what nobody sees or takes for a letter, spelt out."""
    mixed = re.search("[A-Za-z]", text) and not text.isascii()
    return text if text.isprintable() and not mixed else ascii(text)
