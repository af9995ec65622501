"""Along a note: who has written what a heading asks, and no more, is told so, and what is next."""

import pytest

from workbook.notes import note_path, page
from workbook.proofreading.replay import type_in
from workbook.steps import all_steps

WRITE_IT = {"en": "Write it", "ar": "اكتبها"}
THERE = {"en": "  ✓ There: ", "ar": "  ✓ تمّ: "}
NEXT = {"en": "  → Next: ", "ar": "  → التالي: "}
QUICK = [(2, "ar"), (5, "en")]  # the others come in the gate
RUNS = [
    pytest.param(
        each,
        language,
        id=f"{each.name}-{language}",
        marks=[] if (each.number, language) in QUICK else [pytest.mark.gate],
    )
    for each in all_steps()
    for language in WRITE_IT
]


def headings(note, language):
    """The headings below "Write it", each with the blocks under it."""
    found, is_here = [], False
    for block in note.blocks:
        if block.kind == "h2":
            is_here = block.source == WRITE_IT[language]
        elif is_here and block.kind == "h3":
            found.append((block.source, []))
        elif is_here and found:
            found[-1][1].append(block)
    return found


@pytest.mark.parametrize(("each", "language"), RUNS)
def test_each_heading_is_told_to_be_there_and_the_next_is_named(each, language, classroom):
    """After each heading those so far are there, and the one behind them is next: up to the pass."""
    path = note_path(each, language)
    sections = headings(page(path), language)
    words = [heading for heading, _ in sections]
    classroom.make(each.name, "start")
    for number, blocks in enumerate([[], *(under for _, under in sections)]):
        for block in blocks:
            assert not type_in(block, classroom.work)
        checked = classroom.make("check", WORKBOOK_LANG=language)
        there = after(THERE[language], checked.stdout)
        if checked.returncode == 0:
            assert not there
            return
        count = max(number, len(there))
        assert there == words[:count]
        # Under what is there already, nothing is to be typed.
        assert not any(map(is_typed, sections[number:count]))
        assert after(NEXT[language], checked.stdout) == [words[count], path]
    pytest.fail("the whole note was typed, and the step does not pass")


def after(beginning, said):
    """What stands in the line that begins so, in its parts."""
    lines = [line for line in said.splitlines() if line.startswith(beginning)]
    return lines[0].removeprefix(beginning).split(" · ") if lines else []


def is_typed(section):
    """Whether a heading has a listing that goes into a file, or a command."""
    return any(
        block.info == "diff" or block.info == "sh project" or " file=" in block.info
        for block in section[1]
    )
