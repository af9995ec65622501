"""Notes bound together for print."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.safestring import mark_safe

from workbook.notes import Heading, beside_the_steps, note_paths
from workbook.steps import Step, all_steps
from workbook.web import notes
from workbook.web.addresses import inside, step_of
from workbook.web.notes import Piece, Text
from workbook.web.preference import shown

ANSWERS = ("none", "below", "sheet")
UNPRINTED = ("README",)  # how notes are written
QUESTION = re.compile(r"<details[^>]*>\s*<summary>(.*?)</summary>(.*)</details>", re.S)
Rows = list[list[Piece]]


@dataclass(frozen=True)
class Chapter:
    """A page of the notes in a book; `sheet` has its questions once more, with the answers."""

    name: str
    number: int | None
    title: str
    headings: list[Heading]
    rows: Rows
    sheet: Rows


def chapters(step: Step | None, language: str, answers: str, for_teacher: bool) -> list[Chapter]:
    """Of one step, or of all and the pages beside them."""
    pages = [
        {each: paths[each] for each in shown(language)}
        for paths in ([note_paths(step)] if step else all_of_it())
    ]
    book = tuple(path for paths in pages for path in paths.values())
    return [
        chapter(
            next(iter(paths.values())),
            [notes.bound(path, each, language, book) for each, path in paths.items()],
            answers,
            for_teacher,
        )
        for paths in pages
    ]


def all_of_it() -> list[dict[str, str]]:
    beside = [paths for name, paths in beside_the_steps().items() if name not in UNPRINTED]
    return [*map(note_paths, all_steps()), *beside]


def chapter(path: str, texts: list[Text], answers: str, for_teacher: bool) -> Chapter:
    """One page, in the languages it is shown in; its contents are the first one's."""
    title, *headings = texts[0].headings
    step = step_of(path)
    found = notes.rows(texts)
    left_out = {row[0].line for row in found if row[0].of_teacher and not for_teacher}
    rows = [row for row in found if row[0].line not in left_out]
    return Chapter(
        name=inside(path, ""),
        number=step.number if step else None,
        title=title.words,
        headings=[heading for heading in headings if heading.line not in left_out],
        rows=[[unfolded(piece, answers == "below") for piece in row] for row in rows],
        sheet=list(questions(rows)) if answers == "sheet" else [],
    )


def questions(rows: Rows) -> Iterator[list[Piece]]:
    for row in rows:
        if QUESTION.search(row[0].html):
            yield [unfolded(piece, True) for piece in row]


def unfolded(piece: Piece, answered: bool) -> Piece:
    """A question as paper has it: nothing unfolds there."""
    found = QUESTION.search(piece.html)
    if not found:
        return piece
    question, answer = found[1], found[2].strip() if answered else ""
    html = f'<p class="asked">{question}</p>{answer}'
    return replace(piece, kind="question" if answered else "question open", html=mark_safe(html))
