"""Source code, highlighted: a line is a list of spans."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe
from pygments.lexer import Lexer
from pygments.lexers import TextLexer, get_lexer_by_name, get_lexer_for_filename
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType
from pygments.util import ClassNotFound

# What a page shows in a colour, and the class that gives it one; see listing.css.
STYLES = {
    Comment: "c",
    Keyword: "k",
    Operator.Word: "k",
    Name.Tag: "k",
    String: "s",
    Number: "m",
    Name.Builtin.Pseudo: "m",
    Name.Attribute: "f",
    Name.Class: "f",
    Name.Decorator: "f",
    Name.Function: "f",
}


@dataclass(frozen=True)
class Span:
    """A piece of a line: `style` is one of STYLES, or ""."""

    text: str
    style: str = ""
    changed: bool = False


Line = tuple[Span, ...]


@lru_cache(maxsize=256)
def lines(name: str, source: str) -> list[Line]:
    """The source's lines; `name` is a file's or a language's."""
    # What is no text at all has to be shown too, and an old Mac's line ends are none here.
    shown = source.encode(errors="replace").decode().replace("\r", "")
    found: list[list[Span]] = [[]]
    for token, text in lexer(name).get_tokens(shown):
        first, *more = text.split("\n")
        found[-1].append(Span(first, style(token)))
        found += [[Span(rest, style(token))] for rest in more]
    joined = [tuple(join(line)) for line in found]
    return joined if joined[-1] else joined[:-1]


def join(line: list[Span]) -> Iterator[Span]:
    """The spans with neighbours of one style made one, so that a string is a single thing."""
    for style, run in groupby(line, key=lambda span: span.style):
        if text := "".join(span.text for span in run):
            yield Span(text, style)


def lexer(name: str) -> Lexer:
    options = {"stripnl": False, "ensurenl": False}
    if name.endswith("html"):
        return get_lexer_by_name("html+django", **options)
    try:
        find = get_lexer_for_filename if "." in name else get_lexer_by_name
        return find(name, **options)
    except ClassNotFound:
        return TextLexer(**options)


def style(token: _TokenType) -> str:
    return next((name for kind, name in STYLES.items() if token in kind), "")


def markup(line: Iterable[Span]) -> str:
    """A line as HTML."""
    return "".join(span_markup(span) for span in line)


def span_markup(span: Span) -> str:
    text = f"<mark>{escape(span.text)}</mark>" if span.changed else escape(span.text)
    return f'<span class="{span.style}">{text}</span>' if span.style else text


def numbered(path: str, source: str) -> SafeString:
    """A file's lines as HTML, each with a link to itself."""
    return mark_safe(
        "".join(
            f'<span class="line" id="L{number}"><a href="#L{number}" tabindex="-1"'
            f' aria-label="L{number}" data-number="{number}"></a>{markup(line)}\n</span>'
            for number, line in enumerate(lines(path, source), start=1)
        )
    )
