"""Right code that nobody here wrote, or that looks different: what a mistake can be made on."""

import tomllib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.support.projects import NotThere, documentation, edited, snapshot
from workbook.exercise.mistakes import Edit, Mistake
from workbook.steps import Step, all_steps

SOLUTIONS = Path(__file__).parent.parent / "solutions"
TUTORIAL = "tutorial"
OTHERWISE = {  # where a mistake's edit is another mistake, or none
    "channels-instead-of-daphne": {"settings-of-startproject"},
    "daphne-missing": {"settings-of-startproject"},
    "daphne-after-staticfiles": {TUTORIAL, "settings-of-startproject"},
    "chat-element-id": {TUTORIAL},
    "page-script-not-found": {TUTORIAL},
    "no-websocket-in-the-page": {TUTORIAL},
    "template-tags-in-a-static-file": {TUTORIAL},
    "script-in-a-block-of-nobody": {TUTORIAL},
    "view-parameter-of-another-name": {"class-based-views"},
    "room-name-not-in-the-context": {"address-from-the-location"},
    "room-name-not-parsed": {"address-from-the-location"},
    "one-group-in-the-attribute": {"announcements-for-all"},
    "context-not-returned": {"class-based-views"},
    "task-failed": {"greets-whoever-enters"},
    "queue-never-emptied": {"greets-whoever-enters"},
    "queue-left-full": {"greets-whoever-enters"},
    "channel-layers-misspelt": {"layer-under-another-alias"},
    "channel-layers-missing": {"layer-under-another-alias"},
    "channel-layers-without-default": {"layer-under-another-alias"},
    "channel-layers-in-a-branch": {"layer-under-another-alias"},
    "async-methods-on-sync-base": {TUTORIAL},
    "left-synchronous": {TUTORIAL},
    "async-to-sync-kept": {TUTORIAL},
}


@dataclass(frozen=True)
class Base:
    """Code that is right at a step, and why it is there: the snapshot with edits, or the tutorial's."""

    name: str
    step: int
    why: str
    edits: tuple[Edit, ...] = ()
    delete: tuple[str, ...] = ()

    @property
    def files(self) -> set[str]:
        """Those that differ from the snapshot's."""
        return {edit.file for edit in self.edits} | {*self.delete}

    def project(self, folder: Path) -> Path:
        step = all_steps()[self.step - 1]
        if self.name == TUTORIAL:
            return documentation(step, folder)
        return edited(snapshot(step, folder), self.edits, self.delete)


@cache
def solutions() -> tuple[Base, ...]:
    """The right solutions in other styles."""
    return tuple(load(path) for path in sorted(SOLUTIONS.glob("*.toml")))


def load(path: Path) -> Base:
    table = tomllib.loads(path.read_text("utf-8"))
    edits = tuple(Edit(**edit) for edit in table.pop("edits"))
    return Base(path.stem, edits=edits, delete=tuple(table.pop("delete", ())), **table)


def spoilt(step: Step, mistakes: Sequence[Mistake], folder: Path) -> Iterator[tuple[Base, Path]]:
    """The tutorial's code, and one other style, with all of these mistakes: the base and a project.

    The style is one that has a mistake's file in its own way, if there is one; where a mistake
    cannot be made there is nothing.
    """
    files = {edit.file for mistake in mistakes for edit in mistake.made.edits}
    others = {name for mistake in mistakes for name in OTHERWISE.get(mistake.name, ())}
    tutorial = Base(TUTORIAL, step.number, "Whoever follows the tutorial has this.")
    styles = [each for each in solutions() if each.step == step.number and each.name not in others]
    with suppress(NotThere):
        if TUTORIAL not in others:
            yield tutorial, spoil(tutorial.project(folder / TUTORIAL), mistakes)
    for style in sorted(styles, key=lambda each: not files & each.files):
        with suppress(NotThere):
            yield style, spoil(style.project(folder / style.name), mistakes)
            return


def spoil(project: Path, mistakes: Sequence[Mistake]) -> Path:
    """Makes them all; those that write a file anew come first, and a file is not written so twice."""
    files = [edit.file for mistake in mistakes for edit in mistake.made.edits if not edit.old]
    if len(files) > len({*files}):
        raise NotThere(files)
    for mistake in sorted(mistakes, key=lambda each: all(edit.old for edit in each.made.edits)):
        edited(project, mistake.made.edits, mistake.made.delete)
    return project
