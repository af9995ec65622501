"""The notes as their readers and the engine see them: pages of blocks, headings, passages."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from workbook.languages import LANGUAGES, Bilingual
from workbook.steps import ROOT, Step, all_steps

NOTES = ROOT / "notes"
MARKDOWN = MarkdownIt("commonmark").enable("table")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
PLANNED = re.compile(r"^About (\d+) minutes", re.M)
HELPS = re.compile(r"<!-- helps: (.*) -->")
NAMED = re.compile(r'<a id="([\w-]+)"></a>')


@dataclass(frozen=True)
class Block:
    """A piece of a page: `kind` is its CommonMark name or an HTML tag, `source` its Markdown.

    `line` counts from 1; `info` is what stands behind a fence's opening marks.
    """

    kind: str
    level: int
    line: int
    source: str = ""
    info: str = ""
    inline: tuple[Token, ...] = ()

    @property
    def codes(self) -> list[str]:
        """The inline code in it."""
        return [token.content for token in self.inline if token.type == "code_inline"]

    @property
    def links(self) -> list[str]:
        """Where its links and pictures lead."""
        targets = [token.attrGet("href") or token.attrGet("src") for token in self.inline]
        return [str(target) for target in targets if target]


@dataclass(frozen=True)
class Heading:
    """A heading, the anchor it has on GitHub, and the checks and mistakes it helps with."""

    level: int
    words: str
    line: int
    anchor: str
    helps: list[str]


@dataclass(frozen=True)
class Page:
    """A Markdown file; `path` is its way from the repository's root."""

    path: str
    blocks: list[Block]

    @cached_property
    def headings(self) -> list[Heading]:
        found: list[Heading] = []
        taken: list[str] = []
        for index, block in enumerate(self.blocks):
            if block.kind in HEADINGS:
                text, level = words(block.inline), int(block.kind[1])
                named = NAMED.match(block.source)  # where both languages have the same
                anchor = named[1] if named else slug(text)
                taken.append(anchor)
                again = taken.count(anchor) - 1
                anchor = f"{anchor}-{again}" if again else anchor
                below = "".join(each.source for each in self.blocks[index + 1 : index + 2])
                helps = HELPS.match(below)
                helped = helps[1].split() if helps else []
                found.append(Heading(level, text, block.line, anchor, helped))
        return found


@dataclass(frozen=True)
class Passage:
    """Where in the notes something is explained: `anchor` is "" for a whole page."""

    path: str
    anchor: str
    heading: str


def all_pages() -> dict[str, dict[str, str]]:
    """Each page's paths by language, by the page's name."""
    found: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        for file in (NOTES / language).glob("*.md"):
            found.setdefault(file.stem, {})[language] = file.relative_to(ROOT).as_posix()
    return dict(sorted(found.items()))


def beside_the_steps() -> dict[str, dict[str, str]]:
    """The pages that are no step's note."""
    notes = {step.path.name for step in all_steps()}
    return {name: paths for name, paths in all_pages().items() if name not in notes}


def changed(path: str) -> int:
    """When a page was changed: what is kept of it is good until then."""
    return (ROOT / path).stat().st_mtime_ns


def note_path(step: Step, language: str) -> str:
    """Where a step's note stands, from the repository's root."""
    return f"notes/{language}/{step.path.name}.md"


def note_paths(step: Step) -> dict[str, str]:
    """The same, by language."""
    return {language: note_path(step, language) for language in LANGUAGES}


def title(step: Step) -> Bilingual:
    """The step's number and its note's title."""
    return Bilingual(*(f"{step.number} · {opening(step, each)[0]}" for each in LANGUAGES))


def opening(step: Step, language: str) -> tuple[str, str]:
    """A note's title and its first paragraph, which says what the step teaches."""
    return opened(note_path(step, language), changed(note_path(step, language)))


@lru_cache(maxsize=64)
def opened(path: str, changed: int) -> tuple[str, str]:
    text = (ROOT / path).read_text("utf-8")
    title, lead, *_ = re.split(r"\n{2,}", text.strip())
    without_links = re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", lead)
    return title.removeprefix("# "), " ".join(without_links.split())


def minutes(step: Step) -> int:
    """How long a class needs for the step, as its note says to the teacher."""
    found = PLANNED.search((ROOT / note_path(step, "en")).read_text("utf-8"))
    return int(found[1]) if found else 0


def passages(topics: Sequence[str], step: Step) -> dict[str, Passage]:
    """By language, what the notes up to the step's have on the first of these checks and mistakes.

    Where they have nothing on any of them it is the step's note as a whole, without an anchor.
    """
    return {
        language: passage(topics, step, language)
        or Passage(note_path(step, language), "", opening(step, language)[0])
        for language in LANGUAGES
    }


def passage(topics: Sequence[str], step: Step, language: str) -> Passage | None:
    for topic in topics:
        for each in all_steps()[: step.number]:
            path = note_path(each, language)
            if topic in helped(path, changed(path)):
                heading = next(each for each in page(path).headings if topic in each.helps)
                return Passage(path, heading.anchor, heading.words)
    return None


@lru_cache(maxsize=64)
def helped(path: str, changed: int) -> frozenset[str]:
    """What a page helps with, found without parsing it."""
    return frozenset(" ".join(HELPS.findall((ROOT / path).read_text("utf-8"))).split())


def page(path: str) -> Page:
    return parsed(path, changed(path))


@lru_cache(maxsize=64)
def parsed(path: str, changed: int) -> Page:
    return Page(path, list(parse((ROOT / path).read_text("utf-8"))))


def parse(text: str) -> Iterator[Block]:
    """The blocks in the order in which they begin."""
    block = None
    for token in MARKDOWN.parse(text):
        if token.type == "inline" and block:
            line = token.map[0] + 1 if token.map else block.line
            inline = tuple(token.children or ())
            block = replace(block, line=line, source=token.content, inline=inline)
        elif token.nesting >= 0:
            if block:
                yield block
            # A table's cell has no place of its own; its words, which come next, have.
            line = token.map[0] + 1 if token.map else 0
            heading = token.type == "heading_open"
            kind = token.tag if heading else token.type.removesuffix("_open")
            block = Block(kind, token.level, line, token.content, token.info)
    if block:
        yield block


def words(inline: tuple[Token, ...]) -> str:
    """What a reader reads, without the markup."""
    return "".join(
        token.content if token.type in ("text", "code_inline") else " "
        for token in inline
        if token.type in ("text", "code_inline", "softbreak", "hardbreak")
    )


def slug(heading: str) -> str:
    """The anchor that GitHub makes of a heading: letters, marks, digits, hyphens for spaces."""
    kept = (
        sign
        for sign in heading.strip().lower()
        if sign in " -_" or sign.isalnum() or unicodedata.category(sign).startswith("M")
    )
    return "".join(kept).replace(" ", "-")


TEACHER = Bilingual("For the teacher", "للمعلّم")  # a section that no learner needs
SUMMARY = "الخلاصة بالمصري"  # the last section, which only the Arabic notes have
STAMP = re.compile(r"<!-- translates: ([0-9a-f ]*) -->\n?")
WRAPPER = re.compile(r"(<div dir=\"rtl\">|</div>)\s*")


def shared(page: Page) -> list[Block]:
    """The blocks that both languages have: no summary, no stamp, no wrapper for direction."""
    blocks: list[Block] = []
    for block in page.blocks:
        if block.source == SUMMARY:
            break
        if not STAMP.fullmatch(block.source) and not WRAPPER.fullmatch(block.source):
            blocks.append(block)
    return blocks
