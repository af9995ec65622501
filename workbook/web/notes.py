"""Notes as HTML, block by block."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from html import escape
from itertools import zip_longest
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

import workbook.notes
from workbook.notes import MARKDOWN, NAMED, TEACHER, Heading, changed, page, shared
from workbook.steps import ROOT, Step
from workbook.web import listings
from workbook.web.addresses import figure, inside, step_of, within
from workbook.web.commands import leads
from workbook.web.phrases import PHRASES
from workbook.web.policy import Engine
from workbook.web.preference import DIRECTIONS, spoken

SILENT = re.compile(r"<!--.*?-->|<div dir=\"rtl\">|^</div>", re.S)  # not for readers
ANCHOR = re.compile(r"<a id=.*>|</a>")  # the heading itself has it here


@dataclass(frozen=True)
class Piece:
    """A block with all that is in it: `kind` is the name of its first token, `line` its place.

    `of_teacher` says whether it belongs to the section that no learner needs.
    """

    kind: str
    line: int
    language: str
    html: SafeString
    of_teacher: bool = False

    @property
    def dir(self) -> str:
        return DIRECTIONS[self.language]


@dataclass(frozen=True)
class Opening:
    """A step's title and what it teaches, in one language."""

    language: str
    title: str
    lead: SafeString

    @property
    def dir(self) -> str:
        return DIRECTIONS[self.language]


@dataclass(frozen=True)
class Text:
    """A page of the notes, rendered; `shared` are the lines of what both languages have."""

    pieces: list[Piece]
    headings: list[Heading]
    shared: frozenset[int]

    @property
    def common(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.line in self.shared]

    @property
    def alone(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.line not in self.shared]


def opening(step: Step, language: str) -> Opening:
    title, lead = workbook.notes.opening(step, language)
    return Opening(language, title, mark_safe(MARKDOWN.renderInline(lead)))


def title(paths: dict[str, str], language: str) -> str:
    """The title of a page beside the steps, in the reader's language."""
    return page(paths[spoken(language)]).headings[0].words


def rows(texts: list[Text]) -> list[list[Piece]]:
    """The blocks as they stand below one another; of two languages, side by side."""
    return twins(*texts) if len(texts) == 2 else [[piece] for piece in texts[0].pieces]


def twins(english: Text, arabic: Text) -> list[list[Piece]]:
    """Each block beside the same in the other language; a listing, which has one, but once."""
    pairs = zip_longest(english.common, arabic.common)
    return [*(paired(*pair) for pair in pairs), *([piece] for piece in arabic.alone)]


def paired(one: Piece | None, other: Piece | None) -> list[Piece]:
    if one and other and one.html == other.html:
        return [one]
    return [piece for piece in (one, other) if piece]


def text(path: str, language: str, shown: str, engine: Engine) -> Text:
    """A page of the notes in one language; `shown` is the language of the links in it.

    With an `engine` its reader can start something, and commands lead to Try and Check.
    """
    return rendered(path, language, shown, engine, (), changed(path))


def bound(path: str, language: str, shown: str, book: tuple[str, ...]) -> Text:
    """A page as it stands in a book, the paths of whose pages are given."""
    return rendered(path, language, shown, "", book, changed(path))


@lru_cache(maxsize=128)
def rendered(
    path: str, language: str, shown: str, engine: Engine, book: tuple[str, ...], changed: int
) -> Text:
    source = (ROOT / path).read_text("utf-8")
    parsed = page(path)
    headings = [in_book(heading, path) if book else heading for heading in parsed.headings]
    anchors = {heading.line: heading.anchor for heading in headings}
    # What is bound with others is for paper, where no command leads anywhere.
    lead = partial(leads, note=step_of(path), language=shown, engine=engine)
    env = {
        "path": path,
        "shown": shown,
        "language": language,
        "anchors": anchors,
        "book": book,
        "leads": (lambda command: "") if book else lead,
        "in_link": False,
    }
    lines = frozenset(block.line for block in shared(parsed) if block.level == 0)
    return Text(list(pieces(source, language, env)), headings, lines)


def in_book(heading: Heading, path: str) -> Heading:
    """A heading whose anchor no other page of the book has."""
    return replace(heading, anchor=inside(path, heading.anchor))


def pieces(source: str, language: str, env: dict[str, Any]) -> Iterator[Piece]:
    of_teacher = False
    for tokens in grouped(MARKDOWN.parse(source)):
        first = tokens[0]
        if first.tag in ("h1", "h2"):
            of_teacher = tokens[1].content in (TEACHER.en, TEACHER.ar)
        html = RENDERER.render(tokens, MARKDOWN.options, env).strip()
        if html:
            line = first.map[0] + 1 if first.map else 0
            kind = first.type.removesuffix("_open")
            yield Piece(kind, line, language, mark_safe(html), of_teacher)


def grouped(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of one top-level block after the other; what unfolds belongs together."""
    group: list[Token] = []
    depth = folds = 0
    for token in tokens:
        group.append(token)
        depth += token.nesting
        if token.type == "html_block":
            folds += token.content.count("<details") - token.content.count("</details")
        if depth == 0 and folds == 0:
            yield group
            group = []


class NoteRenderer(RendererHTML):
    """Markdown's own HTML, but for headings, listings, commands, links, tables and comments."""

    def heading_open(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        anchor = escape(anchor_of(tokens[index], env))
        is_twin = env["shown"] == "both" and env["language"] == "ar"
        if is_twin and NAMED.match(tokens[index + 1].content):
            return f"<{tokens[index].tag}>"  # the English one beside it has the anchor of both
        return f'<{tokens[index].tag} id="{anchor}">'

    def heading_close(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        opening = tokens[index - 2]
        label = PHRASES["heading_link"][env["language"]]
        env["heading"] = workbook.notes.words(tuple(tokens[index - 1].children or ()))
        words = escape(env["heading"])
        link = (
            f'<a class="anchor" href="#{escape(anchor_of(opening, env))}"'
            f' aria-label="{label}: {words}"></a>'
        )
        return f"</{opening.tag}>{'' if opening.tag == 'h1' else link}"

    def fence(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        about = PHRASES["diagram"][env["language"]]
        about = f"{about}: {env.get('heading', '')}"
        return listings.figure(tokens[index].info, tokens[index].content, about, env["leads"])

    def code_inline(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        html = super().code_inline(tokens, index, options, env)
        return (
            html if env["in_link"] else listings.linked(html, env["leads"](tokens[index].content))
        )

    def link_open(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        env["in_link"] = True
        target = str(tokens[index].attrGet("href"))
        place = within(target, env["path"], env["shown"], env["book"])
        return f'<a href="{escape(place)}">'

    def link_close(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        env["in_link"] = False
        return "</a>"

    def image(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        source = str(tokens[index].attrGet("src"))
        tokens[index].attrSet("src", figure(source, env["path"]))
        return super().image(tokens, index, options, env)

    def table_open(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        return '<div class="scroll" tabindex="0"><table>'

    def table_close(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        return "</table></div>"

    def th_open(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        return aligned(tokens[index])

    def td_open(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        return aligned(tokens[index])

    def html_block(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        return SILENT.sub("", tokens[index].content)

    def html_inline(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        return ANCHOR.sub("", tokens[index].content)


def aligned(cell: Token) -> str:
    """A cell of a table; Markdown would align it by a style, which the page's policy forbids."""
    return f'<{cell.tag} class="number">' if cell.attrGet("style") else f"<{cell.tag}>"


def anchor_of(heading: Token, env: Any) -> str:
    return str(env["anchors"][heading.map[0] + 1 if heading.map else 0])


RENDERER = NoteRenderer()
