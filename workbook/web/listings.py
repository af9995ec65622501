"""The listings and diagrams of the notes."""

import hashlib
import re
from collections.abc import Callable
from html import escape
from pathlib import Path

from workbook.steps import ROOT
from workbook.web import highlight, patch

DIAGRAMS = ROOT / "notes" / "figures" / "diagrams"
CHANGED = re.compile(r"^\+\+\+ b/(.*)$", re.M)


Leads = Callable[[str], str]


def figure(info: str, source: str, about: str, leads: Leads) -> str:
    """A fence as HTML; `info` stands behind its opening marks, `about` says what is drawn.

    `leads` gives the address of what does a command's work, or "".
    """
    language, _, more = info.partition(" ")
    if language == "mermaid" and drawing(source).exists():
        return diagram(source, about)
    path = named(language, more, source)
    caption = f'<figcaption dir="ltr">{escape(path)}</figcaption>' if path else ""
    return (
        f'<figure class="listing {language}" lang="en" dir="ltr">{caption}'
        f'<pre tabindex="0"><code>{listing(language, path, source, leads)}</code></pre></figure>'
    )


def named(language: str, more: str, source: str) -> str:
    """The file that the listing makes or changes, or ""."""
    if language == "diff":
        header = CHANGED.search(source)
        return header[1] if header else ""
    return more.removeprefix("file=") if more.startswith("file=") else ""


def listing(language: str, path: str, source: str, leads: Leads) -> str:
    if language == "diff" and path:
        return GAP.join(map(patch.unified, patch.of_listing(source, path)))
    lines = highlight.lines(path or language, source)
    if language == "sh":
        return "\n".join(command(line, leads) for line in lines)
    return "\n".join(map(highlight.markup, lines))


def command(line: highlight.Line, leads: Leads) -> str:
    """A line of a terminal's, which is a link where a part of the walkthrough does the same."""
    return linked(highlight.markup(line), leads("".join(span.text for span in line)))


def linked(html: str, address: str) -> str:
    return f'<a href="{escape(address)}">{html}</a>' if address else html


GAP = '<span class="line gap">\n</span>'


def diagram(source: str, about: str) -> str:
    """The drawing of a diagram, whose colours and letters are the page's."""
    svg = (
        drawing(source)
        .read_text("utf-8")
        .replace("<svg", f'<svg role="img" aria-label="{escape(about)}"', 1)
    )
    return f'<figure class="diagram" tabindex="0">{svg}</figure>'


def drawing(source: str) -> Path:
    """Where a diagram's drawing is; `python -m tools.diagrams` makes it."""
    name = hashlib.sha256(source.encode()).hexdigest()[:12]
    return DIAGRAMS / f"{name}.svg"
