"""Records to the terminal; nothing here decides anything."""

import json
import os
import sys
from urllib.parse import urlsplit

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from workbook import notes
from workbook.diff import FileChange
from workbook.errors import WorkbookError
from workbook.exercise.advice import Advice
from workbook.exercise.hints import Hint
from workbook.exercise.progress import Progress
from workbook.exercise.records import CheckResult
from workbook.exercise.saves import Save, nothing
from workbook.exercise.sheet import CHECKING, Sheet, Verdict, record
from workbook.invocation import typed
from workbook.languages import LANGUAGES, Bilingual, bilingual, readers, said
from workbook.menu import MENU, OPTIONS, of_the_desk, of_the_step
from workbook.notes import Passage
from workbook.proofreading.records import Finding
from workbook.recorder.facts import Place
from workbook.steps import Step
from workbook.wire.records import Record

LANES = 24  # columns of from where to where
COLOURS = {"+": "green", "-": "red", "@": "cyan", "d": "bold"}

console = Console(highlight=False, soft_wrap=True)
errors = Console(highlight=False, soft_wrap=True, stderr=True)

PURPOSE = Bilingual(
    "Django Channels in five runnable steps", "تعلّم Django Channels في خمس خطوات قابلة للتشغيل"
)
HOW_TO_END = Bilingual("Ctrl-C ends it.", "اضغط Ctrl-C لإيقافه.")
TESTS_TAKE = {
    name: Bilingual(
        f"This takes {time.en} on two cores; at the end it says what was skipped, and why.",
        f"يستغرق هذا {time.ar} على معالج ذي نواتين، وفي آخره ما تُخطّي وسببه.",
    )
    for name, time in {
        "test": Bilingual("about eight minutes", "نحو ثماني دقائق"),
        "pages": Bilingual("about a quarter of an hour", "نحو ربع ساعة"),
        "gate": Bilingual("over an hour", "أكثر من ساعة"),
    }.items()
}
MINUTES = Bilingual("This takes several minutes.", "يستغرق هذا عدة دقائق.")
A_MINUTE = Bilingual("This takes up to a minute.", "يستغرق هذا نحو دقيقة أو أقل.")
PUT_BACK = Bilingual(
    "put it back; what is in work is saved first", "أعده، ويُحفظ أولًا ما في مجلد التمرين"
)
KEEP_NEWEST = Bilingual("keep the newest five, remove the others", "أبقِ أحدث خمسة واحذف ما قبلها")


def menu(steps: list[Step], progress: Progress) -> None:
    """What the workbook is, its steps, what of it was passed and what can be asked of it."""
    show([*spoken(PURPOSE, indent="Channels Workbook: "), Text()])
    titles = {step: [notes.opening(step, each)[0] for each in readers()] for step in steps}
    columns(
        [
            [step.name, first, " · ".join(said(progress.of(step).says)), *others]
            for step, (first, *others) in titles.items()
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
    show(spoken(words))


def card(step: Step, changes: list[FileChange]) -> None:
    """What a step teaches, the files it touches and its commands."""
    for language in readers():
        title, lead = notes.opening(step, language)
        console.print(f"[bold]{step.number} · {title}[/]\n{lead}\n")
    if changes:
        summary(changes)
        console.print()
    commands(of_the_step(step.name))
    console.print("\n  " + "\n  ".join(notes.note_path(step, each) for each in readers()))


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
        names = said(Bilingual(f"server {number}   ", f"الخادم {number}   "))
        for address in addresses:
            console.print(f"  {names[0] if len(servers) > 1 else ''}{address}")
    if redis:
        console.print(f"  Redis      {urlsplit(redis).netloc.rpartition('@')[2]}")
    show([*spoken(HOW_TO_END, "dim", "  "), Text()])


def travelled(records: list[Record], servers: int = 1) -> None:
    """What travelled, a line for each, in the reader's languages; it may be thousands a second."""
    lines = [line for each in records for line in travel(each, servers)]
    if console.is_terminal:
        show(lines)
    else:
        sys.stdout.write("".join(f"{line.plain}\n" for line in lines))
        sys.stdout.flush()


def travel(record: Record, servers: int) -> list[Text]:
    """When, at which server, of which WebSocket, from where to where, and what."""
    server = f"{record.server}  " if servers > 1 else ""
    when = f"{record.moment:8.3f}  {server}{record.name or '-':<2}"
    lanes, says = record.lanes, record.says
    en = f"{when} {lanes.en:<{LANES}}  {says.en}"
    ar = f"{when} {lanes.ar:<{LANES}}  {says.ar}"
    return spoken(Bilingual(en, ar), "red" if record.is_trouble else "")


def walkthrough(addresses: list[str], notes: list[Bilingual]) -> None:
    """Where the walkthrough is to be seen, and what is to be noted of it."""
    console.print("\n[bold]Channels Workbook[/]")
    for address in addresses:
        console.print(f"  {address}")
    for note in notes:
        show(spoken(note, indent="  "))
    show([*spoken(HOW_TO_END, "dim", "  "), Text()])


def site(folder: str) -> None:
    """Where the built site lies, and how it is looked at."""
    served = f"python -m http.server --directory {folder}"
    where = Bilingual(f"The site is in {folder}.", f"الموقع في المجلد {folder}.")
    how = Bilingual("Any server of files gives it out, such as:", "ويقدّمه أي خادم ملفات، مثل هذا:")
    show([*spoken(where), *spoken(how), Text(f"  {served}", "bold")])


def finding(place: str, fact: Bilingual) -> None:
    """One line: where, and what was found."""
    show(spoken(fact, indent=f"{place}: "))


def findings(found: list[Finding]) -> None:
    """What has to be mended in the pages, and how."""
    for each in found:
        finding(f"{each.path}:{each.line}", each.fact)
        show(spoken(each.mend, indent="  → "))
    if not found:
        show(spoken(Bilingual("Nothing is to be mended.", "لا يلزم إصلاح شيء.")))


def problem(error: WorkbookError) -> None:
    """What went wrong and the next command, on the error stream."""
    show(trouble(error), errors)


def trouble(error: WorkbookError) -> list[Text]:
    then = spoken(error.then, indent="  → ") if error.then.en else []
    return [*spoken(error.what, "red", "✗ "), *then]


def sheet(sheet: Sheet, brief: bool = False) -> list[Text]:
    """A check as far as it has come; in brief, of the failures only the one to mend first."""
    lines = title(sheet.step)
    if sheet.says_counted:
        lines += spoken(sheet.says_counted, "green", "  ✓ ")
    for result in sheet.shown:
        if not brief or result == sheet.blamed:
            lines += checked(result, sheet)
    if sheet.verdict:
        return [*lines, *judged(sheet)]
    return [*lines, *checking()]


def title(step: Step) -> list[Text]:
    return spoken(notes.title(step), "bold")


def checking() -> list[Text]:
    return [Text("  " + "  ".join(said(CHECKING)), style="dim")]


def checked(result: CheckResult, sheet: Sheet) -> list[Text]:
    """A check's line. Of the failures only the one to blame is marked as one."""
    if result.outcome == "passed":
        mark, style = "✓", "green"
    elif result == sheet.blamed:
        mark, style = "✗", "red"
    else:
        mark, style = "·", "dim"
    first, *more = said(result.says)
    more += said(result.says_reason) if result.says_reason else []
    return [Text(f"  {mark} {first}", style), *(Text(f"    {line}", style) for line in more)]


def judged(sheet: Sheet) -> list[Text]:
    """What comes after the checks' lines: the way on, or how far it is, and what to mend first."""
    assert sheet.verdict
    verdict = sheet.verdict
    lines = passed(sheet, verdict) if verdict.passed else along(verdict)
    if verdict.advice:
        lines += advised(verdict.advice)
    if verdict.says_others:
        lines += [Text(), *spoken(verdict.says_others, "dim", "  ")]
    return lines


def passed(sheet: Sheet, verdict: Verdict) -> list[Text]:
    lines = [Text(), *spoken(sheet.says_passed, "bold green", "  "), *read(verdict.note)]
    if verdict.following:
        lines.append(Text(f"  → {typed(f'{verdict.following.name} start')}", style="bold"))
    return lines


def along(verdict: Verdict) -> list[Text]:
    """Which headings of the note are there, and where the next one is."""
    lines = [Text()] if verdict.parts else []
    if verdict.says_there:
        lines += spoken(verdict.says_there, "green", "  ✓ ")
    if verdict.next_part and verdict.says_next:
        words, where = verdict.says_next, verdict.next_part.passages
        texts = (f"{words[each]} · {where[each].path}" for each in LANGUAGES)
        lines += spoken(Bilingual(*texts), "bold", "  → ")
    return lines


def advised(advice: Advice) -> list[Text]:
    """What happened, why, and where to look."""
    lines = [Text()]
    for text in advice.beyond:
        lines += spoken(text, "yellow", "  ")
    for text in advice.texts:
        lines += spoken(text, indent="  ")
    if advice.error:
        lines.append(Text(f"  {advice.error}"))
    for number, line in advice.code if advice.error else ():
        mark = ">" if advice.place and number == advice.place.line else " "
        lines.append(Text(f"  {mark} {number:>4}  {line}", style="dim" if mark == " " else ""))
    return [*lines, *read(advice.passages, advice.place)]


def traceback(sheet: Sheet) -> list[Text]:
    """Python's own words on the failure to mend first."""
    failure = sheet.blamed.failure if sheet.blamed else None
    return [Text(), *map(Text, failure.traceback.splitlines())] if failure else []


def hint(hint: Hint) -> list[Text]:
    """One of a check's hints, and where the note explains the matter."""
    lines = [Text()]
    for text in said(hint.texts):
        lines += [Text(f"  {line}", style="cyan") for line in text.rstrip().splitlines()]
    return [*lines, *spoken(hint.says_depth, "dim", "  "), *read(hint.passages)]


def read(passages: dict[str, Passage], place: Place | None = None) -> list[Text]:
    """Where to look: the line on the desk, and what the notes have on the matter."""
    line = place.says if place else bilingual("")
    where = Bilingual(
        " · ".join(filter(None, [plain(line.en), cited(passages["en"], ', "{}"')])),
        " · ".join(filter(None, [plain(line.ar), cited(passages["ar"], "، «{}»")])),
    )
    return spoken(where, "bold", "  → ")


def plain(text: str) -> str:
    """A path without its backticks, so that a terminal finds it."""
    return text.replace("`", "")


def cited(passage: Passage, heading: str) -> str:
    return passage.path + (heading.format(passage.heading) if passage.anchor else "")


def keys(with_hint: bool) -> list[Text]:
    words = Bilingual("q quit", "المفتاح q للخروج")
    if with_hint:
        words = Bilingual("h hint · q quit", "المفتاح h للتلميح والمفتاح q للخروج")
    return [Text(), *spoken(words, "dim", "  ")]


def spoken(text: Bilingual, style: str = "", indent: str = "") -> list[Text]:
    """A text in the reader's language, or a line in each."""
    return [Text(indent + line, style=style) for line in said(text)]


def show(lines: list[Text], to: Console = console) -> None:
    """The lines, broken between words in a terminal, and as they are for a program."""
    for line in lines:
        if to.is_terminal:
            to.print(hanging(line), soft_wrap=False)
        else:
            to.print(line)


def hanging(line: Text) -> Padding:
    """The line, wrapped below its own beginning."""
    indent = len(line.plain) - len(line.plain.lstrip())
    return Padding(line[indent:], (0, 0, 0, indent), expand=False)


def desk(step: Step, save: Save | None) -> None:
    """The step on the desk is another one now, and what lay there was saved."""
    put_away(save)
    show(title(step))
    folder = Bilingual(
        f"work{os.sep}   your code; the checks are in work{os.sep}tests",
        f"work{os.sep}   شيفرتك، والاختبارات في work{os.sep}tests",
    )
    show(spoken(folder, indent="  "))
    show(spoken(note(step), "bold", "  → "))
    commands(of_the_desk())


def note(step: Step) -> Bilingual:
    return Bilingual(notes.note_path(step, "en"), notes.note_path(step, "ar"))


def solved(step: Step, save: Save | None, following: Step | None) -> None:
    """The solution is in `work` now, what was there is saved, and the next step can be begun."""
    put_away(save)
    show(title(step))
    words = Bilingual("The solution is in work now.", "صار الحلّ الآن في مجلد التمرين.")
    show([*spoken(words, indent="  "), *spoken(note(step), "bold", "  → ")])
    if following:
        show([Text(f"  → {typed(f'{following.name} start')}", style="bold")])


def put_away(save: Save | None) -> None:
    """What lay on the desk has a name in `saved` now."""
    if save:
        words = Bilingual(
            f"What was in work is saved: {save.name}",
            f"حُفظ ما كان في مجلد التمرين: {save.name}",
        )
        show(spoken(words))
    if save and save.is_stood_in:
        words = Bilingual(
            f"A terminal that stands in work{os.sep} is still in the old folder: leave the "
            "folder and enter it again. A server that was started there has to be started again.",
            f"كل طرفية داخل المجلد work{os.sep} باقية في المجلد القديم: "
            "اخرج من المجلد ثم ادخله من جديد. وكل خادم شُغِّل من داخله يحتاج إلى تشغيله من جديد.",
        )
        show(spoken(words))


def restored(save: Save, before: Save | None) -> None:
    put_away(before)
    words = Bilingual(f"Back in work: {save.name}", f"عاد إلى مجلد التمرين: {save.name}")
    show(spoken(words))


def removed(saved: list[Save]) -> None:
    for save in saved:
        show(spoken(Bilingual(f"removed: {save.name}", f"حُذف: {save.name}")))


def saves(saved: list[Save]) -> None:
    """Each with its size; the command that brings the newest back, and the one that thins."""
    for save in saved:
        console.print(Text(f"{save.name}  {save.size / 1000:,.0f} kB"))
    if saved:
        commands({f"restore SAVE={saved[-1].name}": PUT_BACK, "saved KEEP=5": KEEP_NEWEST})
    else:
        show(spoken(nothing("")))


def records(sheet: Sheet) -> None:
    """A finished check as JSON, for other tools."""
    sys.stdout.write(json.dumps(record(sheet), ensure_ascii=False, indent=2) + "\n")
