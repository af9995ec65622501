"""The listings of the notes."""

import re
from html import escape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

PLAIN = HtmlFormatter(nowrap=True)


def figure(info: str, source: str) -> str:
    """A fence as HTML; `info` is what stands behind its opening marks."""
    language, _, about = info.partition(" ")
    path = named(language, about, source)
    caption = f'<figcaption dir="ltr">{escape(path)}</figcaption>' if path else ""
    return (
        f'<figure class="listing {language}" lang="en">{caption}'
        f'<pre tabindex="0"><code>{highlighted(language, source)}</code></pre></figure>'
    )


def named(language: str, about: str, source: str) -> str:
    """The file that the listing makes or changes, or ""."""
    if language == "diff":
        header = re.search(r"^\+\+\+ b/(.*)$", source, re.M)
        return header[1] if header else ""
    return about.removeprefix("file=") if about.startswith("file=") else ""


def highlighted(language: str, source: str) -> str:
    try:
        lexer = get_lexer_by_name("html+django" if language == "html" else language)
    except ClassNotFound:
        return escape(source)
    return str(highlight(source, lexer, PLAIN))
