"""Source code, highlighted: a line is a list of spans."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from pygments.lexer import Lexer
from pygments.lexers import TextLexer, get_lexer_by_name, get_lexer_for_filename
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound


@dataclass(frozen=True)
class Span:
    """A piece of a line: `style` is Pygments' short name for what it is."""

    text: str
    style: str = ""
    changed: bool = False


Line = tuple[Span, ...]


@lru_cache(maxsize=256)
def lines(name: str, source: str) -> list[Line]:
    """The source's lines; `name` is a file's or a language's."""
    shown = source.encode(errors="replace").decode()  # what is no text at all has to be shown too
    found: list[Line] = []
    line: list[Span] = []
    for token, text in lexer(name).get_tokens(shown):
        first, *more = text.split("\n")
        line.append(Span(first, style(token)))
        for rest in more:
            found.append(tuple(line))
            line = [Span(rest, style(token))]
    return [*found, tuple(line)] if any(span.text for span in line) else found


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
    while token not in STANDARD_TYPES:
        token = token.parent
    return str(STANDARD_TYPES[token])


def markup(line: Iterable[Span]) -> str:
    """A line as HTML."""
    return "".join(span_markup(span) for span in line if span.text)


def span_markup(span: Span) -> str:
    text = f"<mark>{escape(span.text)}</mark>" if span.changed else escape(span.text)
    return f'<span class="{span.style}">{text}</span>' if span.style not in ("", "w") else text


def numbered(path: str, source: str) -> SafeString:
    """A file's lines as HTML, each with a link to itself."""
    return mark_safe(
        "".join(
            f'<span class="line" id="L{number}"><a href="#L{number}" tabindex="-1"'
            f' aria-label="L{number}" data-number="{number}"></a>{markup(line)}\n</span>'
            for number, line in enumerate(lines(path, source), start=1)
        )
    )
