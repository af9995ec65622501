"""The experiments of a note's "Break it": each changes a file on the desk, and is taken back."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path

from workbook import notes
from workbook.errors import WorkbookError
from workbook.exercise import desk, papers
from workbook.exercise.catalogue import Value, file, read
from workbook.exercise.saves import Save
from workbook.invocation import typed
from workbook.languages import LANGUAGES, Bilingual
from workbook.notes import Passage
from workbook.steps import Step

KEPT = ".experiments"  # the file on the desk that holds what is to be taken back
UNREADABLE = (OSError, ValueError, TypeError, AttributeError)


@dataclass(frozen=True)
class Experiment:
    """What the catalogue has on an experiment.

    Each of `edits` is a pattern that has to be found once in the file, and what comes in its place.
    """

    name: str
    title: Bilingual
    look: Bilingual
    path: str
    edits: tuple[tuple[re.Pattern[str], str], ...]

    def change(self, text: str) -> str | None:
        """The text with the experiment in it; None where it has no place for it."""
        for pattern, put in self.edits:
            if len(pattern.findall(text)) != 1:
                return None
            text = pattern.sub(put, text)
        return text


@dataclass(frozen=True)
class Change:
    """An experiment that is on the desk: its file before and after, and the desk saved before."""

    path: str
    before: str
    after: str
    save: str

    def undo(self, text: str) -> str | None:
        """The text as if the change was never made; None if its lines are not there any more."""
        before, after, lines = (each.splitlines(True) for each in (self.before, self.after, text))
        places, ends = dict(same(after, lines)), (len(after), len(lines))
        for kind, old, end, first, last in reversed(opcodes(before, after)):
            if kind != "equal":
                place = found(first, last, places, ends)
                if place is None:
                    return None
                lines[place : place + last - first] = before[old:end]
        return "".join(lines)


def same(after: list[str], lines: list[str]) -> Iterator[tuple[int, int]]:
    """Where each line stands now that is still there."""
    for kind, first, last, place, _ in opcodes(after, lines):
        if kind == "equal":
            yield from ((line, place + line - first) for line in range(first, last))


def opcodes(before: list[str], after: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def found(first: int, last: int, places: dict[int, int], ends: tuple[int, int]) -> int | None:
    """Where these lines stand now, together; where lines were only removed, their neighbours do."""
    if first == last:
        around = {-1: -1, ends[0]: ends[1]} | places
        above, below = around.get(first - 1), around.get(first)
        return below if above is not None and below == above + 1 else None
    stand = [places.get(line) for line in range(first, last)]
    place = stand[0]
    return place if place is not None and stand == [*range(place, place + len(stand))] else None


@dataclass(frozen=True)
class Standing:
    """Whether an experiment is on the desk: `save` is the desk before it, or "".

    `why` says why it cannot be put there, if it cannot.
    """

    experiment: Experiment
    save: str = ""
    why: Bilingual | None = None


def standings(step: Step) -> list[Standing]:
    """How the step's experiments stand; this only looks."""
    known = experiments(step)
    if desk.on_desk() != step:
        return [Standing(each, why=away(step)) for each in known]
    changes = made()
    return [standing(each, changes.get(each.name)) for each in known]


def standing(experiment: Experiment, change: Change | None) -> Standing:
    if change:
        return Standing(experiment, change.save)
    has_place = experiment.change(papers.read(experiment.path).text or "") is not None
    return Standing(experiment, why=None if has_place else nowhere(experiment))


def away(step: Step) -> Bilingual:
    return Bilingual(f"{step.name} is not in work.", f"ليست الخطوة {step.name} في مجلد التمرين.")


def nowhere(experiment: Experiment) -> Bilingual:
    path = experiment.path
    return Bilingual(
        f"What it changes is not in `{path}`, or not as the note has it.",
        f"ما تغيّره هذه التجربة ليس في الملف `{path}`، أو ليس كما في الشرح.",
    )


def put_on(step: Step, name: str) -> Save:
    """Makes the experiment's change on the desk, which is saved first."""
    experiment = named(step, name)
    with papers.held(step):
        paper, changes = papers.read(experiment.path), made()
        before = paper.text or ""
        after = experiment.change(before)
        if after is None or name in changes:
            raise WorkbookError(nowhere(experiment))
        save = desk.kept(lambda _: None)
        papers.written(experiment.path, after, paper.version)
        keep(changes | {name: Change(experiment.path, before, after, save.name)})
    return save


def take_back(step: Step, name: str) -> None:
    """Undoes the change alone; where its lines are not there any more, it names the saved desk."""
    experiment = named(step, name)
    with papers.held(step):
        changes = made()
        change = changes.pop(experiment.name, None)
        if change is None:
            return
        paper = papers.read(change.path)
        text = change.undo(paper.text or "")
        if text is not None:
            papers.written(change.path, text, paper.version)
        keep(changes)
    if text is None:
        raise WorkbookError(gone(change), typed(f"restore SAVE={change.save}"))


def gone(change: Change) -> Bilingual:
    path, save = change.path, change.save
    return Bilingual(
        f"The lines of this experiment are not in `{path}` any more: nothing was changed there. "
        f"What was in work before it is saved: {save}",
        f"لم تعد أسطر هذه التجربة في الملف `{path}`، فلم يُغيَّر فيه شيء. "
        f"وما كان في مجلد التمرين قبلها محفوظ: {save}",
    )


def made() -> dict[str, Change]:
    """The experiments that are on the desk, by name."""
    try:
        text = (desk.DESK / KEPT).read_text("utf-8")
        return {name: Change(**about) for name, about in json.loads(text).items()}
    except UNREADABLE:
        return {}


def keep(changes: dict[str, Change]) -> None:
    """Writes down on the desk what is to be taken back: with it, it is saved and restored."""
    place = desk.DESK / KEPT
    if changes:
        text = json.dumps({name: asdict(change) for name, change in changes.items()})
        papers.put(text.encode(), place)
    else:
        place.unlink(missing_ok=True)


def named(step: Step, name: str) -> Experiment:
    """The step's experiment of that name; a WorkbookError if there is none."""
    for each in experiments(step):
        if each.name == name:
            return each
    raise WorkbookError(
        Bilingual(f"There is no experiment {name}.", f"لا توجد تجربة اسمها {name}.")
    )


def passages(step: Step, experiment: Experiment) -> dict[str, Passage]:
    """Where the note has the experiment, by language: its own heading, or the one above it."""
    return {
        each: passage(notes.note_path(step, each), experiment.title[each]) for each in LANGUAGES
    }


def passage(path: str, title: str) -> Passage:
    page = notes.page(path)
    lines = (block.line for block in page.blocks if block.source.lstrip("*").startswith(title))
    line = next(lines, 1)
    heading = [each for each in page.headings if each.line <= line][-1]
    return Passage(path, heading.anchor, heading.words)


def experiments(step: Step) -> list[Experiment]:
    """Those of the step, in the note's order."""
    path = file(step, "experiments.toml")
    return known(path, path.stat().st_mtime_ns)


@lru_cache
def known(path: Path, changed: int) -> list[Experiment]:
    return [experiment(name, value) for name, value in read(path).values().items()]


def experiment(name: str, value: Value) -> Experiment:
    about = value.table(["file", "edits", *LANGUAGES])
    texts = {each: about[each].table(["title", "look"]) for each in LANGUAGES}
    title, look = (
        Bilingual(*(texts[each][key].text() for each in LANGUAGES)) for key in ("title", "look")
    )
    edits = tuple(edit(item) for item in about["edits"].items())
    return Experiment(name, title, look, about["file"].text(), edits)


def edit(value: Value) -> tuple[re.Pattern[str], str]:
    about = value.table(["find", "put"])
    return about["find"].pattern(), about["put"].string()
