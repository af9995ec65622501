"""Differences as pages show them: in one column or in two, with the changed words marked."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import count, groupby, repeat, zip_longest
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from workbook.diff import FileChange
from workbook.web import highlight
from workbook.web.highlight import Span

HEADER = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@")
WORD = re.compile(r"\w+|\s+|[^\w\s]")
NAME = re.compile(r"\w")
ALIKE = 0.5  # how much of two lines' words is the same, if one counts as the other, changed
ELEMENTS = {" ": "span", "-": "del", "+": "ins"}
UNNUMBERED = repeat(None)
NOTHING = '<span class="line none">\n</span>'


@dataclass(frozen=True)
class Line:
    """A line of a difference: `sign` as in a patch, its number before and after, if it has one."""

    sign: str
    before: int | None
    after: int | None
    spans: highlight.Line

    @property
    def words(self) -> list[str]:
        return WORD.findall("".join(span.text for span in self.spans))


Row = tuple[Line | None, Line | None]
Numbered = tuple[int | None, highlight.Line]


@dataclass(frozen=True)
class Hunk:
    """A run of changes with what stands around it; a row is a line before and one after."""

    rows: list[Row]


class Columns(NamedTuple):
    """A hunk in two columns, as HTML."""

    before: SafeString
    after: SafeString


def of_change(change: FileChange) -> Iterator[Hunk]:
    """The hunks of a file that changed."""
    before, after = (
        highlight.lines(change.path, text or "") for text in (change.before, change.after)
    )
    for (old, new), lines in hunks(change.lines):
        yield hunk(
            lines, before[max(old - 1, 0) :], after[max(new - 1, 0) :], count(old), count(new)
        )


def of_listing(patch: str, path: str) -> Iterator[Hunk]:
    """The hunks of a patch as it stands in a note, where only their own lines are known."""
    for _, lines in hunks(patch.splitlines(keepends=True)):
        before, after = (
            highlight.lines(path, "".join(line[1:] for line in lines if line[0] in signs))
            for signs in (" -", " +")
        )
        yield hunk(lines, before, after)


def hunks(patch: Iterable[str]) -> Iterator[tuple[tuple[int, int], list[str]]]:
    """Each hunk's first line numbers, before and after, and its lines."""
    numbers, lines = (0, 0), list[str]()
    for line in patch:
        if header := HEADER.match(line):
            if lines:
                yield numbers, lines
            numbers, lines = (int(header[1]), int(header[2])), []
        elif numbers != (0, 0) and line[0] in ELEMENTS:
            lines.append(line)
    if lines:
        yield numbers, lines


def hunk(
    lines: list[str],
    before: list[highlight.Line],
    after: list[highlight.Line],
    old: Iterable[int | None] = UNNUMBERED,
    new: Iterable[int | None] = UNNUMBERED,
) -> Hunk:
    """The lines with their numbers, each with the line that it became."""
    olds, news = zip(old, before, strict=False), zip(new, after, strict=False)
    rows: list[Row] = []
    for same, run in groupby(numbered(lines, olds, news), key=lambda line: line.sign == " "):
        if same:
            rows += [(line, line) for line in run]
        else:
            changed = list(run)
            rows += paired(*([line for line in changed if line.sign == sign] for sign in "-+"))
    return Hunk(rows)


def numbered(
    lines: list[str], olds: Iterator[Numbered], news: Iterator[Numbered]
) -> Iterator[Line]:
    """The lines as they are highlighted before or after; one that stayed is in both."""
    for line in lines:
        match line[0]:
            case "-":
                old, spans = next(olds)
                yield Line("-", old, None, spans)
            case "+":
                new, spans = next(news)
                yield Line("+", None, new, spans)
            case " ":
                old, _ = next(olds)
                new, spans = next(news)
                yield Line(" ", old, new, spans)


def paired(removed: list[Line], added: list[Line]) -> Iterator[Row]:
    """Beside each line that went the one that came in its place, if they are alike."""
    alone: list[Line] = []
    place = 0
    for line in removed:
        alike = (index for index in range(place, len(added)) if are_alike(line, added[index]))
        match = next(alike, None)
        if match is None:
            alone.append(line)
        else:
            yield from zip_longest(alone, added[place:match])
            yield marked(line, added[match])
            alone, place = [], match + 1
    yield from zip_longest(alone, added[place:])


def are_alike(one: Line, other: Line) -> bool:
    ours, theirs = ([word for word in line.words if NAME.match(word)] for line in (one, other))
    return SequenceMatcher(None, ours, theirs, autojunk=False).ratio() >= ALIKE


def marked(before: Line, after: Line) -> Row:
    """The two with the words marked that differ."""
    matcher = SequenceMatcher(None, before.words, after.words, autojunk=False)
    kept: tuple[set[int], set[int]] = (set(), set())
    for block in matcher.get_matching_blocks():
        kept[0].update(range(block.a, block.a + block.size))
        kept[1].update(range(block.b, block.b + block.size))
    ours, theirs = (
        replace(line, spans=tuple(emphasised(line, words)))
        for line, words in zip((before, after), kept, strict=True)
    )
    return ours, theirs


def emphasised(line: Line, kept: set[int]) -> Iterator[Span]:
    """The line's spans, cut where a word that was kept meets one that was not."""
    changed = iter([index not in kept for index, word in enumerate(line.words) for _ in word])
    for span in line.spans:
        letters = [(letter, next(changed)) for letter in span.text]
        for mark, run in groupby(letters, key=lambda each: each[1]):
            yield Span("".join(letter for letter, _ in run), span.style, mark)


def unified(hunk: Hunk) -> SafeString:
    """A hunk in one column, as HTML."""
    return side(in_one_column(hunk.rows))


def split(hunk: Hunk) -> Columns:
    before, after = zip(*hunk.rows, strict=True)
    return Columns(side(before), side(after))


def in_one_column(rows: list[Row]) -> Iterator[Line]:
    """What stayed once; of each change first what went, then what came."""
    for same, run in groupby(rows, key=lambda row: row[0] is row[1]):
        pairs = list(run)
        yield from (before for before, _ in pairs if before)
        if not same:
            yield from (after for _, after in pairs if after)


def side(lines: Iterable[Line | None]) -> SafeString:
    return mark_safe("".join(markup(line) if line else NOTHING for line in lines))


def markup(line: Line) -> str:
    """A line with its numbers, which are shown and not copied."""
    numbers = "".join(
        f' data-{name}="{number}"'
        for name, number in [("before", line.before), ("after", line.after)]
        if number
    )
    element = ELEMENTS[line.sign]
    text = highlight.markup(line.spans)
    return f'<{element} class="line"{numbers}>{text}\n</{element}>'
