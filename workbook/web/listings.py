"""The listings and diagrams of the notes."""

import hashlib
import re
from html import escape
from pathlib import Path

from workbook.steps import ROOT
from workbook.web import highlight, patch

DIAGRAMS = ROOT / "notes" / "figures" / "diagrams"
CHANGED = re.compile(r"^\+\+\+ b/(.*)$", re.M)


def figure(info: str, source: str, about: str) -> str:
    """A fence as HTML; `info` stands behind its opening marks, `about` says what is drawn."""
    language, _, more = info.partition(" ")
    if language == "mermaid" and drawing(source).exists():
        return diagram(source, about)
    path = named(language, more, source)
    caption = f'<figcaption dir="ltr">{escape(path)}</figcaption>' if path else ""
    return (
        f'<figure class="listing {language}" lang="en" dir="ltr">{caption}'
        f'<pre tabindex="0"><code>{listing(language, path, source)}</code></pre></figure>'
    )


def named(language: str, more: str, source: str) -> str:
    """The file that the listing makes or changes, or ""."""
    if language == "diff":
        header = CHANGED.search(source)
        return header[1] if header else ""
    return more.removeprefix("file=") if more.startswith("file=") else ""


def listing(language: str, path: str, source: str) -> str:
    if language == "diff" and path:
        return GAP.join(map(patch.unified, patch.of_listing(source, path)))
    return "\n".join(map(highlight.markup, highlight.lines(path or language, source)))


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
