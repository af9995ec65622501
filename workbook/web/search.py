"""Finds passages of the notes, in both languages, however a word is spelt."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from workbook.notes import HEADINGS, Block, all_pages, changed, page, words

TATWEEL = "\u0640"
SPELLINGS = str.maketrans("أإآٱىة", "اااايه")
AROUND = 70  # letters of a snippet on each side of the first word found
MOST = 40  # results


@dataclass(frozen=True)
class Passage:
    """What stands under one heading, in one language; `code` is that of its listings."""

    path: str
    title: str
    anchor: str
    heading: str
    language: str
    text: str
    code: str

    @cached_property
    def folded(self) -> str:
        return fold(f"{self.heading} {self.text} {self.code}")


@dataclass(frozen=True)
class Result:
    """A passage in which every word was found; `snippet` is text, and whether it was looked for."""

    passage: Passage
    snippet: list[tuple[str, bool]]


def results(query: str, language: str) -> list[Result]:
    """The passages with every word of the query: the reader's language and headings first."""
    wanted = fold(query).split()
    found = [
        (weight(passage, wanted, language), passage)
        for passage in passages()
        if wanted and all(word in passage.folded for word in wanted)
    ]
    found.sort(key=lambda each: each[0], reverse=True)
    return [Result(passage, list(snippet(passage, wanted))) for _, passage in found[:MOST]]


def fold(text: str) -> str:
    return "".join(map(folded, text))


@lru_cache(maxsize=4096)
def folded(letter: str) -> str:
    """A letter without case and marks; Arabic letters that are often written for one another."""
    parts = unicodedata.normalize("NFKD", letter.translate(SPELLINGS))
    return "".join(
        part for part in parts if part != TATWEEL and not unicodedata.combining(part)
    ).casefold()


def weight(passage: Passage, wanted: list[str], language: str) -> tuple[bool, int, int]:
    heading, text = fold(passage.heading), fold(passage.text)
    return (
        language in (passage.language, "both"),
        sum(word in heading for word in wanted),
        sum(len(re.findall(rf"\b{re.escape(word)}", text)) for word in wanted),
    )


def snippet(passage: Passage, wanted: list[str]) -> Iterator[tuple[str, bool]]:
    """The neighbourhood of the first word found, in pieces."""
    is_prose = any(word in fold(passage.text) for word in wanted)
    text = passage.text if is_prose or not passage.code else passage.code
    letters = [(part, place) for place, letter in enumerate(text) for part in folded(letter)]
    plain = "".join(part for part, _ in letters)
    spans = [
        (letters[match.start()][1], letters[match.end() - 1][1] + 1)
        for match in re.finditer("|".join(map(re.escape, wanted)), plain)
    ]
    middle = spans[0][0] if spans else 0
    start = text.rfind(" ", 0, middle - AROUND) + 1 if middle > AROUND else 0
    end = text.find(" ", middle + AROUND)
    end = len(text) if end < 0 else end
    yield ("… " if start else ""), False
    for first, last in spans:
        if start <= first and last <= end:
            yield text[start:first], False
            yield text[first:last], True
            start = last
    yield text[start:end] + (" …" if end < len(text) else ""), False


def passages() -> Iterator[Passage]:
    for paths in all_pages().values():
        for language, path in paths.items():
            yield from of_page(path, language, changed(path))


@lru_cache(maxsize=64)
def of_page(path: str, language: str, changed: int) -> list[Passage]:
    """A page's passages, a heading each."""
    blocks = page(path).blocks
    headings = page(path).headings
    title = headings[0].words
    found = []
    for heading, below in zip(headings, [*headings[1:], None], strict=True):
        end = below.line if below else blocks[-1].line + 1
        section = [block for block in blocks if heading.line < block.line < end]
        code = " ".join(flat(block.source) for block in section if is_listing(block))
        text = " ".join(text for block in section if (text := prose(block)))
        found.append(Passage(path, title, heading.anchor, heading.words, language, text, code))
    return found


def prose(block: Block) -> str:
    """What a reader reads of a block, on one line."""
    if block.kind == "html_block":
        return flat(re.sub(r"<!--.*?-->|<[^>]+>", "", block.source))
    return "" if block.kind in HEADINGS else flat(words(block.inline))


def is_listing(block: Block) -> bool:
    return block.kind == "fence" and block.info != "mermaid"


def flat(text: str) -> str:
    return " ".join(text.split())
