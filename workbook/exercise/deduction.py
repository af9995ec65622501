"""Something that is known to have happened in a learner's project."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from workbook.recorder.facts import Caller, Fact, Place, Served

T = TypeVar("T", bound=Fact)


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


def of(kind: type[T], facts: tuple[Fact, ...]) -> list[T]:
    return [fact for fact in facts if isinstance(fact, kind)]


def said_by(by: Caller | None, **words: str) -> dict[str, str]:
    if by is None:
        return words
    return {"by": by.function.rpartition(".")[2], **placed(by.place), **words}


def base_of(facts: tuple[Fact, ...]) -> dict[str, str]:
    """The class of Channels' that the consumer inherits from, and the asynchronous one like it."""
    for served in of(Served, facts):
        for base in served.bases:
            module, _, called = base.rpartition(".")
            if module.startswith("channels."):
                return {"base": called, "wanted": f"Async{called.removeprefix('Sync')}"}
    return {}


def methods(facts: tuple[Fact, ...]) -> list[Caller]:
    """The project's own methods of the consumers that served."""
    return [each for served in of(Served, facts) for each in served.methods]


def last(caller: Caller) -> str:
    return caller.function.rpartition(".")[2]


def owner(method: str) -> str:
    """The class in which a method stands."""
    return method.rpartition(".")[0]


def shortened(text: str) -> str:
    text = text.replace("`", "'")
    return text if len(text) <= 60 else f"{text[:60]}…"


def misspelt(wanted: str, facts: tuple[Fact, ...]) -> Caller | None:
    """The method whose name comes near to one that is missing."""
    own = {last(each): each for each in methods(facts)}
    near = get_close_matches(wanted, own, 1, 0.7)
    return own[near[0]] if near else None
