"""Records to the terminal; nothing here decides anything."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from types import TracebackType
from urllib.parse import urlsplit

from rich.console import Console, Group
from rich.live import Live
from rich.padding import Padding
from rich.text import Text

from workbook import notes, words
from workbook.diff import FileChange
from workbook.errors import WorkbookError
from workbook.exercise.advice import Advice, advice
from workbook.exercise.desk import Save
from workbook.exercise.hints import LAYERS, Hint
from workbook.exercise.mistakes import Verdict
from workbook.exercise.progress import Progress
from workbook.invocation import typed
from workbook.records import CheckResult, Finding
from workbook.steps import Step

COLOURS = {"+": "green", "-": "red", "@": "cyan", "d": "bold"}

console = Console(highlight=False, soft_wrap=True)
errors = Console(highlight=False, soft_wrap=True, stderr=True)


MENU = {
    "step-3": "a step's card",
    "step-3 run": "its chat, in the browser",
    "step-3 test": "its suite",
    "step-3 diff": "what it changes",
    "step-3 start": "begin its exercise",
    "step-5 run SERVERS=2 LAYER=redis": "two servers that share a Redis",
    "diff FROM=2 TO=5": "what lies between any two steps",
    "check": "check the exercise in work",
    "watch": "check it on every save",
    "hint": "the next hint",
    "run": "serve it",
    "diff": "what is left to do",
    "solve": "put the solution there",
    "saved": "what was saved of earlier desks",
    "restore": "bring the newest back",
    "walkthrough": "the workbook, in the browser",
    "notes": "what is to be mended in the notes",
    "test": "everything, proved",
    "bench": "everything, measured",
    "matrix": "the suites, on every Python of this machine",
}


DESK_VERBS = ["check", "watch", "hint", "run", "diff", "solve"]


def menu(steps: list[Step], progress: Progress) -> None:
    """What the workbook is, its steps, what of it was passed and what can be asked of it."""
    console.print("[bold]Channels Workbook[/]: Django Channels in five runnable steps\n")
    titles = {step: [notes.opening(step, each)[0] for each in notes.LANGUAGES] for step in steps}
    columns(
        [[step.name, titles[step][0], stand(progress, step), titles[step][1]] for step in steps]
    )
    console.print()
    commands(MENU)


def stand(progress: Progress, step: Step) -> str:
    """How far the learner is with a step, in a few words."""
    about = progress.of(step)
    if "passed" in about:
        return " with ".join(filter(None, ["passed", about.get("help")]))
    return "begun" if "begun" in about else ""


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
    columns([[typed(words), f"[dim]{meaning}[/]"] for words, meaning in meanings.items()])


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


def pages(step: Step, servers: list[list[str]], redis: str) -> None:
    """Where the running step is to be seen, server by server, and which Redis they share."""
    console.print(f"\n[bold]Step {step.number} · {notes.opening(step, 'en')[0]}[/]")
    for number, addresses in enumerate(servers, 1):
        server = f"server {number}   " if len(servers) > 1 else ""
        for address in addresses:
            console.print(f"  {server}{address}")
    if redis:
        console.print(f"  Redis      {urlsplit(redis).netloc.rpartition('@')[2]}")
    console.print("  Ctrl-C ends it.\n", style="dim")


def walkthrough(addresses: list[str]) -> None:
    """Where the walkthrough is to be seen."""
    console.print("\n[bold]Channels Workbook[/]")
    for address in addresses:
        console.print(f"  {address}")
    console.print("  Ctrl-C ends it.\n", style="dim")


def finding(place: str, fact: str) -> None:
    """One line: where, and what was found."""
    console.print(f"{place}: {fact}")


def findings(found: list[Finding]) -> None:
    """What has to be mended in the pages, and how."""
    for each in found:
        finding(f"{each.path}:{each.line}", f"{each.fact} → {each.mend}")
    if not found:
        console.print("Nothing is to be mended.")


def problem(error: WorkbookError) -> None:
    """What went wrong and the next command, on the error stream."""
    for line in trouble(error):
        errors.print(line)


def language() -> str:
    """The reader's: "en", "ar" or "both", from WORKBOOK_LANG."""
    wanted = os.environ.get("WORKBOOK_LANG", "en")
    if wanted not in ("en", "ar", "both"):
        raise WorkbookError(f"WORKBOOK_LANG is {wanted}; it can be en, ar or both.")
    return wanted


def said(texts: dict[str, str]) -> list[str]:
    """The text in the reader's language, or in both, each a line of its own."""
    return [texts[each] for each in notes.LANGUAGES if language() in (each, "both")]


def title(step: Step) -> list[Text]:
    titles = {each: notes.opening(step, each)[0] for each in notes.LANGUAGES}
    return [Text(f"{step.number} · {words}", style="bold") for words in said(titles)]


def checked(result: CheckResult, blamed: CheckResult | None) -> list[Text]:
    """A check's line. Of the failures only the first, which is to blame, is marked as one."""
    if result.outcome == "passed":
        mark, style = "✓", "green"
    elif result == blamed:
        mark, style = "✗", "red"
    else:
        mark, style = "·", "dim"
    first, *more = said(result.says)
    lines = [f"  {mark} {first}", *(f"    {line}" for line in more)]
    return [Text(line, style=style) for line in lines]


def judged(verdict: Verdict, step: Step, following: Step | None, traceback: bool) -> list[Text]:
    """What comes after the checks' lines: the way on, or the failure to mend first."""
    lines = passed(step, following) if verdict.passed else []
    if verdict.blamed:
        lines += explained(advice(verdict.blamed, verdict.explanation), step)
        if verdict.others and not verdict.passed:
            more = said(words.more_fail(verdict.others))
            lines += [Text(), *(Text(f"  {line}", style="dim") for line in more)]
        if traceback and verdict.blamed.failure:
            lines += [Text(), *map(Text, verdict.blamed.failure.traceback.splitlines())]
    return lines


def passed(step: Step, following: Step | None) -> list[Text]:
    lines = said(words.passed(step))
    shown = [Text(), *(Text(f"  {line}", style="bold green") for line in lines), read(step)]
    if following:
        shown.append(Text(f"  → {typed(f'{following.name} start')}", style="bold"))
    return shown


def explained(advice: Advice, step: Step) -> list[Text]:
    """What happened, why, and where to look."""
    lines = [Text()]
    for texts in advice.beyond:
        lines += [Text(f"  {line}", style="yellow") for line in said(texts)]
    for texts in advice.texts:
        lines += [Text(f"  {line}") for line in said(texts)]
    if advice.error:
        lines.append(Text(f"  {advice.error}"))
    return [*lines, read(step, advice.topics, advice.place)]


def read(step: Step, topics: Sequence[str] = (), place: tuple[str, int] | None = None) -> Text:
    """Where to look: the line on the desk, and what the note says on the first of the topics."""
    where = [f"work/{place[0]}, line {place[1]}"] if place else []
    where += said({each: explained_in(step, topics, each) for each in notes.LANGUAGES})
    return Text(f"  → {' · '.join(where)}", style="bold")


def explained_in(step: Step, topics: Sequence[str], language: str) -> str:
    passage = notes.passage(topics, step, language)
    if not passage:
        return notes.note_path(step, language)
    heading = {"en": f', "{passage.heading}"', "ar": f"، «{passage.heading}»"}[language]
    return passage.path + heading


def show(lines: list[Text]) -> None:
    for line in lines:
        console.print(line)


def hint(hint: Hint, step: Step) -> list[Text]:
    """One of a check's hints, and where the note explains the matter."""
    lines = [Text()]
    for text in said(hint.texts):
        lines += [Text(f"  {line}", style="cyan") for line in text.rstrip().splitlines()]
    lines.append(Text(f"  hint {hint.layer + 1} of {LAYERS}", style="dim"))
    return [*lines, read(step, [hint.check])]


def checking() -> Text:
    return Text("  " + "  ".join(said(words.CHECKING)), style="dim")


def counted(others: list[CheckResult]) -> list[Text]:
    """The checks that pass and have no line of their own."""
    lines = said(words.more_pass(len(others)))
    return [Text(f"  ✓ {line}", style="green") for line in lines] if others else []


def keys() -> list[Text]:
    words = {"en": "h hint · q quit", "ar": "المفتاح h للتلميح والمفتاح q للخروج"}
    return [Text(), *(Text(f"  {line}", style="dim") for line in said(words))]


def trouble(error: WorkbookError) -> list[Text]:
    lines = [Text(f"✗ {error.what}", style="red")]
    return [*lines, Text(f"  → {error.then}")] if error.then else lines


def hanging(line: Text) -> Padding:
    """The line, wrapped below its own beginning."""
    indent = len(line.plain) - len(line.plain.lstrip())
    return Padding(line[indent:], (0, 0, 0, indent))


class Screen:
    """A sheet that is drawn over and over in its place; what was last on it stays behind."""

    def __enter__(self) -> "Screen":
        self.last: list[Text] = []
        self.wrapping = Console(highlight=False)
        self.live = Live(console=self.wrapping, screen=console.is_terminal, auto_refresh=False)
        self.live.start()
        return self

    def show(self, lines: list[Text], brief: list[Text]) -> None:
        """Draws the lines, or the brief ones where they do not fit."""
        self.last = lines
        sheet = Group(*map(hanging, lines))
        if len(self.wrapping.render_lines(sheet)) > self.wrapping.height:
            sheet = Group(*map(hanging, brief))
        self.live.update(sheet, refresh=True)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.live.stop()
        if console.is_terminal:
            show(self.last)


def desk(step: Step, save: Save | None) -> None:
    """The step on the desk is another one now, and what lay there was saved."""
    if save:
        console.print(Text(f"What lay on the desk is saved: {save.name}"))
    show(title(step))
    console.print(Text(f"  work{os.sep}   your code; the checks are in work{os.sep}tests"))
    commands({words: meaning for words, meaning in MENU.items() if words in DESK_VERBS})


def restored(save: Save, before: Save | None) -> None:
    if before:
        console.print(Text(f"What lay on the desk is saved: {before.name}"))
    console.print(Text(f"Back on the desk: {save.name}"))


def saves(saved: list[Save]) -> None:
    for save in saved:
        console.print(Text(save.name))
    newest = saved[-1].name if saved else ""
    commands(
        {f"restore SAVE={newest}": "put it back; what lies on the desk is saved first"}
        if saved
        else {}
    )


def records(step: Step, results: list[CheckResult], verdict: Verdict) -> None:
    """A run as JSON, for other tools."""
    about = {
        "step": step.number,
        "checks": [asdict(result) for result in results],
        **asdict(verdict),
    }
    sys.stdout.write(json.dumps(about, ensure_ascii=False, indent=2) + "\n")
