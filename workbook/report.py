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
from workbook.exercise.hints import DEPTHS, Hint
from workbook.exercise.mistakes import Verdict
from workbook.exercise.progress import Progress
from workbook.invocation import typed
from workbook.languages import LANGUAGES, Bilingual, said
from workbook.menu import MENU, OPTIONS, of_the_desk, of_the_step
from workbook.proofreading.records import Finding
from workbook.records import CheckResult
from workbook.steps import Step

COLOURS = {"+": "green", "-": "red", "@": "cyan", "d": "bold"}

console = Console(highlight=False, soft_wrap=True)
errors = Console(highlight=False, soft_wrap=True, stderr=True)

PURPOSE = Bilingual(
    "Django Channels in five runnable steps", "تعلّم Django Channels في خمس خطوات قابلة للتشغيل"
)
HOW_TO_END = Bilingual("Ctrl-C ends it.", "اضغط Ctrl-C لإيقافه.")
PUT_BACK = Bilingual(
    "put it back; what lies on the desk is saved first", "أعده، ويُحفظ أولًا ما في مجلد التمرين"
)


def menu(steps: list[Step], progress: Progress) -> None:
    """What the workbook is, its steps, what of it was passed and what can be asked of it."""
    for line in said(PURPOSE):
        console.print(f"[bold]Channels Workbook[/]: {line}")
    console.print()
    titles = {step: [notes.opening(step, each)[0] for each in LANGUAGES] for step in steps}
    columns(
        [
            [step.name, titles[step][0], " · ".join(said(progress.of(step).says)), titles[step][1]]
            for step in steps
        ]
    )
    console.print()
    commands(MENU)


def options() -> None:
    """What can be added to a command."""
    console.print()
    commands(OPTIONS)


def set_aside(name: str) -> None:
    """An unreadable record of progress was kept under that name."""
    words = Bilingual(
        f"The record of progress could not be read; it is kept as {name}.",
        f"تعذّرت قراءة سجلّ التقدّم، وهو محفوظ باسم {name}.",
    )
    show([Text(line) for line in said(words)])


def card(step: Step, changes: list[FileChange]) -> None:
    """What a step teaches, the files it touches and its commands."""
    for language in LANGUAGES:
        title, lead = notes.opening(step, language)
        console.print(f"[bold]{step.number} · {title}[/]\n{lead}\n")
    if changes:
        summary(changes)
        console.print()
    commands(of_the_step(step.name))
    console.print("\n  " + "\n  ".join(notes.note_path(step, each) for each in LANGUAGES))


def commands(meanings: dict[str, Bilingual]) -> None:
    """A line for each command and what it shows."""
    columns(
        [[typed(words), f"[dim]{' · '.join(said(text))}[/]"] for words, text in meanings.items()]
    )


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
    console.print()
    show(title(step))
    for number, addresses in enumerate(servers, 1):
        [server] = said(Bilingual(f"server {number}   ", f"الخادم {number}   "))[-1:]
        for address in addresses:
            console.print(f"  {server if len(servers) > 1 else ''}{address}")
    if redis:
        console.print(f"  Redis      {urlsplit(redis).netloc.rpartition('@')[2]}")
    show([Text(f"  {line}", style="dim") for line in said(HOW_TO_END)])
    console.print()


def walkthrough(addresses: list[str]) -> None:
    """Where the walkthrough is to be seen."""
    console.print("\n[bold]Channels Workbook[/]")
    for address in addresses:
        console.print(f"  {address}")
    show([Text(f"  {line}", style="dim") for line in said(HOW_TO_END)])
    console.print()


def finding(place: str, fact: Bilingual) -> None:
    """One line: where, and what was found."""
    show([Text(f"{place}: {line}") for line in said(fact)])


def findings(found: list[Finding]) -> None:
    """What has to be mended in the pages, and how."""
    for each in found:
        finding(f"{each.path}:{each.line}", each.fact)
        show([Text(f"  → {line}") for line in said(each.mend)])
    if not found:
        show(
            [
                Text(line)
                for line in said(Bilingual("Nothing is to be mended.", "لا يلزم إصلاح شيء."))
            ]
        )


def problem(error: WorkbookError) -> None:
    """What went wrong and the next command, on the error stream."""
    for line in trouble(error):
        errors.print(line)


def title(step: Step) -> list[Text]:
    return [Text(line, style="bold") for line in said(notes.title(step))]


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
    where += said(Bilingual(*(explained_in(step, topics, each) for each in LANGUAGES)))
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
    lines, number = [Text()], hint.depth + 1
    for text in said(hint.texts):
        lines += [Text(f"  {line}", style="cyan") for line in text.rstrip().splitlines()]
    counter = Bilingual(f"hint {number} of {DEPTHS}", f"التلميح {number} من {DEPTHS}")
    lines += [Text(f"  {line}", style="dim") for line in said(counter)]
    return [*lines, read(step, [hint.check])]


def checking() -> Text:
    return Text("  " + "  ".join(said(words.CHECKING)), style="dim")


def counted(others: list[CheckResult]) -> list[Text]:
    """The checks that pass and have no line of their own."""
    lines = said(words.more_pass(len(others)))
    return [Text(f"  ✓ {line}", style="green") for line in lines] if others else []


def keys() -> list[Text]:
    words = Bilingual("h hint · q quit", "المفتاح h للتلميح والمفتاح q للخروج")
    return [Text(), *(Text(f"  {line}", style="dim") for line in said(words))]


def trouble(error: WorkbookError) -> list[Text]:
    lines = [Text(f"✗ {line}", style="red") for line in said(error.what)]
    return [*lines, *(Text(f"  → {line}") for line in said(error.then) if line)]


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
    put_away(save)
    show(title(step))
    folder = Bilingual(
        f"work{os.sep}   your code; the checks are in work{os.sep}tests",
        f"work{os.sep}   شيفرتك، والاختبارات في work{os.sep}tests",
    )
    show([Text(f"  {line}") for line in said(folder)])
    commands(of_the_desk())


def put_away(save: Save | None) -> None:
    """What lay on the desk has a name in `saved` now."""
    if save:
        words = Bilingual(
            f"What lay on the desk is saved: {save.name}",
            f"حُفظ ما كان في مجلد التمرين: {save.name}",
        )
        show([Text(line) for line in said(words)])


def restored(save: Save, before: Save | None) -> None:
    put_away(before)
    words = Bilingual(f"Back on the desk: {save.name}", f"عاد إلى مجلد التمرين: {save.name}")
    show([Text(line) for line in said(words)])


def saves(saved: list[Save]) -> None:
    for save in saved:
        console.print(Text(save.name))
    if saved:
        commands({f"restore SAVE={saved[-1].name}": PUT_BACK})


def records(step: Step, results: list[CheckResult], verdict: Verdict) -> None:
    """A run as JSON, for other tools."""
    about = {
        "step": step.number,
        "checks": [asdict(result) for result in results],
        **asdict(verdict),
    }
    sys.stdout.write(json.dumps(about, ensure_ascii=False, indent=2) + "\n")
