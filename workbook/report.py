"""Records to the terminal; nothing here decides anything."""

import os
import re
import sys

from rich.console import Console
from rich.text import Text

from workbook import notes
from workbook.diff import FileChange
from workbook.errors import WorkbookError
from workbook.steps import Step

COLOURS = {"+": "green", "-": "red", "@": "cyan", "d": "bold"}

console = Console(highlight=False, soft_wrap=True)
errors = Console(highlight=False, soft_wrap=True, stderr=True)


MENU = {
    "step-3": "a step's card",
    "step-3 run": "its chat, in the browser",
    "step-3 test": "its suite",
    "step-3 diff": "what it changes",
    "diff FROM=2 TO=5": "what lies between any two steps",
    "test": "everything, proved",
    "bench": "everything, measured",
    "matrix": "the suites, on every Python of this machine",
}


def command(words: str) -> str:
    """How these words of make are typed here: with make, if that was done, or without it."""
    if "MAKELEVEL" in os.environ:
        return f"make {words}".strip()
    options = re.sub(r"\b([A-Z]+)=", lambda name: f"--{name[1].lower()} ", words)
    return f"python -m workbook {options}".strip()


def menu(steps: list[Step]) -> None:
    """What the workbook is, its steps and what can be asked of it."""
    console.print("[bold]Channels Workbook[/]: Django Channels in five runnable steps\n")
    columns(
        [[step.name, notes.opening(step, "en")[0], notes.opening(step, "ar")[0]] for step in steps]
    )
    console.print()
    commands(MENU)


def card(step: Step, changes: list[FileChange]) -> None:
    """What a step teaches, the files it touches and its commands."""
    for language in notes.LANGUAGES:
        title, lead = notes.opening(step, language)
        console.print(f"[bold]{step.number} · {title}[/]\n{lead}\n")
    if changes:
        summary(changes)
        console.print()
    commands(
        {
            words.replace("step-3", step.name): meaning
            for words, meaning in MENU.items()
            if words.startswith("step-3 ")
        }
    )
    console.print("\n  " + "\n  ".join(notes.note_path(step, each) for each in notes.LANGUAGES))


def commands(meanings: dict[str, str]) -> None:
    """A line for each command and what it shows."""
    columns([[command(words), f"[dim]{meaning}[/]"] for words, meaning in meanings.items()])


def summary(changes: list[FileChange]) -> None:
    """A line for each file of the lesson: its path, and how many lines come and go."""
    columns(
        [
            [change.path, f"[green]+{change.added}[/] [red]-{change.removed}[/]"]
            for change in changes
            if change.is_lesson
        ]
    )


def columns(rows: list[list[str]]) -> None:
    """Indented rows; every column but the last is as wide as its widest cell."""
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)][:-1]
    for row in rows:
        padded = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        console.print("  " + "   ".join([*padded, row[-1]]))


def patch(changes: list[FileChange]) -> None:
    """The changes as a patch: in colours for a person, plain and to the letter for a program."""
    for line in "".join(change.patch for change in changes).splitlines(keepends=True):
        if console.is_terminal:
            console.print(Text(line, style=COLOURS.get(line[0], "")), end="")
        else:
            sys.stdout.buffer.write(line.encode(errors="surrogateescape"))


def pages(step: Step, addresses: list[str]) -> None:
    """Where the running step is to be seen."""
    console.print(f"\n[bold]Step {step.number} · {notes.opening(step, 'en')[0]}[/]")
    for address in addresses:
        console.print(f"  {address}")
    console.print("  Ctrl-C ends it.\n", style="dim")


def finding(place: str, fact: str) -> None:
    """One line: where, and what was found."""
    console.print(f"{place}: {fact}")


def problem(error: WorkbookError) -> None:
    """What went wrong and the next command, on the error stream."""
    errors.print(Text(f"✗ {error.what}", style="red"))
    if error.then:
        errors.print(Text(f"  → {error.then}"))
