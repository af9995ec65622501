"""Finds passages of the notes, in both languages, however a word is spelt."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from workbook.notes import HEADINGS, Block, page, words
from workbook.web.languages import is_arabic
from workbook.web.library import all_pages, changed

TATWEEL = "\u0640"
SPELLINGS = str.maketrans("أإآٱىة", "اااايه")
AROUND = 70  # letters of a snippet on each side of the first word found
MOST = 40  # results


@dataclass(frozen=True)
class Passage:
    """What stands under one heading, in one language."""

    path: str
    title: str
    anchor: str
    heading: str
    language: str
    text: str


@dataclass(frozen=True)
class Result:
    """A passage in which every word was found; `snippet` is text, and whether it was looked for."""

    passage: Passage
    snippet: list[tuple[str, bool]]


def search(query: str, language: str) -> list[Result]:
    """The passages with every word of the query: the reader's language and headings first."""
    wanted = fold(query).split()
    found = [
        (weight(passage, wanted, language), passage)
        for passage in passages()
        if wanted and all(word in fold(f"{passage.heading} {passage.text}") for word in wanted)
    ]
    found.sort(key=lambda each: each[0], reverse=True)
    return [Result(passage, list(snippet(passage.text, wanted))) for _, passage in found[:MOST]]


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


def snippet(text: str, wanted: list[str]) -> Iterator[tuple[str, bool]]:
    """The neighbourhood of the first word found, in pieces."""
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
    """A page's passages; of a page in both languages, those of each."""
    blocks = page(path).blocks
    headings = page(path).headings
    title = headings[0].words
    found = []
    for heading, below in zip(headings, [*headings[1:], None], strict=True):
        end = below.line if below else blocks[-1].line + 1
        section = [block for block in blocks if heading.line < block.line < end]
        texts: dict[str, list[str]] = {}
        for block in section:
            if text := plain(block):
                own = language or ("ar" if is_arabic(text) else "en")
                texts.setdefault(own, []).append(text)
        for own in texts or {language or "en": []}:
            text = " ".join(texts.get(own, []))
            found.append(Passage(path, title, heading.anchor, heading.words, own, text))
    return found


def plain(block: Block) -> str:
    """What a reader reads of a block, on one line."""
    if block.kind in HEADINGS or block.info == "mermaid":
        return ""
    markup = re.sub(r"<!--.*?-->|<[^>]+>", "", block.source) if block.kind == "html_block" else ""
    text = words(block.inline) or markup or (block.source if block.kind == "fence" else "")
    return " ".join(text.split())
