"""What the learner has begun and passed, and with what help."""

import json
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from threading import get_ident
from typing import Any

from workbook import lock
from workbook.errors import WorkbookError
from workbook.languages import Bilingual, bilingual
from workbook.steps import ROOT, Step

STATE = ROOT / ".progress.json"
VERSION = 1
UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)
PASSED = {
    "": Bilingual("passed", "اجتزتها"),
    "hints": Bilingual("passed with hints", "اجتزتها بتلميحات"),
    "the solution": Bilingual("passed with the solution", "اجتزتها بالحلّ"),
}
BEGUN = Bilingual("begun", "بدأتَها")


@dataclass(frozen=True)
class Standing:
    """How far the learner is with a step; `begun` and `passed` are dates, or "".

    `help` says what the pass was made with: one of PASSED. `solved` and `hints`, how many were
    shown of each check's, are of the exercise that was begun last.
    """

    begun: str = ""
    passed: str = ""
    help: str = ""
    solved: bool = False
    hints: dict[str, int] = field(default_factory=dict)

    @property
    def says(self) -> Bilingual:
        """The same in a few words; nothing, where nothing was begun."""
        if self.passed:
            return PASSED[self.help]
        return BEGUN if self.begun else bilingual("")


class Progress:
    """The standings, kept in one small file.

    Before each change it is read again, and nobody else changes it meanwhile: a watch and another
    command may both be at it.
    """

    def __init__(self, path: Path = STATE) -> None:
        self.path = path
        self.set_aside: Path | None = None  # where an unreadable file was put, if there was one
        self.is_unreadable = False
        self.standings = self.seen()

    def seen(self) -> dict[str, Standing]:
        """What can be read just now; this only looks."""
        try:
            return self.load()
        except OSError:
            return {}
        except UNREADABLE:
            self.is_unreadable = True
            return {}

    def of(self, step: Step) -> Standing:
        return self.standings.get(step.name, Standing())

    def passed(self, step: Step) -> None:
        """Remembers that the core of the step passed, and with how much help."""

        def passed(standing: Standing) -> Standing:
            help = "the solution" if standing.solved else "hints" if standing.hints else ""
            return standing if standing.passed else replace(standing, passed=today(), help=help)

        self.change(step, passed)

    def solved(self, step: Step) -> None:
        self.change(step, lambda standing: replace(standing, solved=True))

    def begun(self, step: Step) -> None:
        """A new beginning, without the help of the time before; a pass stays a pass."""
        self.change(step, lambda standing: replace(standing, begun=today(), solved=False, hints={}))

    def next_depth(self, step: Step, check: str, depths: int) -> int:
        """Which of the check's hints comes next; the last one stays."""

        def shown(standing: Standing) -> Standing:
            count = min(standing.hints.get(check, 0) + 1, depths)
            return replace(standing, hints=standing.hints | {check: count})

        return self.change(step, shown).hints[check] - 1

    def change(self, step: Step, change: Callable[[Standing], Standing]) -> Standing:
        """Writes what becomes of the standing; a WorkbookError if it cannot be written."""
        try:
            with self.held():
                self.keep_unreadable()
                self.standings = self.load()
                before, after = self.of(step), change(self.of(step))
                if after != before:
                    self.save(step, after)
        except OSError as error:
            raise unwritten(error) from None
        return after

    def mend(self) -> None:
        """Sets an unreadable file aside; a WorkbookError if that cannot be."""
        try:
            with self.held():
                self.keep_unreadable()
        except OSError as error:
            raise unwritten(error) from None

    def held(self) -> AbstractContextManager[int]:
        """Whoever changes the file holds this lock."""
        return lock.held(self.path.with_name(f"{self.path.stem}.lock"))

    def keep_unreadable(self) -> None:
        """What holds no standings stays under another name; what may not be read stays in place."""
        try:
            self.load()
        except OSError:
            raise
        except UNREADABLE:
            now = f"{datetime.now():%Y-%m-%d_%H-%M-%S-%f}"
            self.set_aside = self.path.with_name(f"{self.path.stem}.{now}.json")
            self.path.rename(self.set_aside)

    def load(self) -> dict[str, Standing]:
        """The standings of the file; raises one of UNREADABLE."""
        try:
            state = json.loads(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        if state["version"] != VERSION:
            raise ValueError(state["version"])
        return {name: parse(about) for name, about in state["steps"].items()}

    def save(self, step: Step, standing: Standing) -> None:
        """Writes beside and moves in, so that a half-written file is never read."""
        self.standings[step.name] = standing
        steps = {name: written(each) for name, each in self.standings.items()}
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}-{get_ident()}")
        try:
            beside.write_text(json.dumps({"version": VERSION, "steps": steps}, indent=2))
            beside.replace(self.path)
        finally:
            beside.unlink(missing_ok=True)


def unwritten(error: OSError) -> WorkbookError:
    return WorkbookError(
        Bilingual(
            f"Your progress could not be written down: {error.strerror}.",
            f"تعذّر حفظ تقدّمك: {error.strerror}.",
        )
    )


def parse(about: dict[str, Any]) -> Standing:
    """A standing as it was written; raises ValueError and its like where it is none."""
    standing = Standing(**about)
    if standing.help not in PASSED:
        raise ValueError(standing.help)
    return replace(standing, hints={str(name): int(of) for name, of in standing.hints.items()})


def written(standing: Standing) -> dict[str, Any]:
    """What there is to say of it."""
    return {name: value for name, value in asdict(standing).items() if value}


def today() -> str:
    return f"{datetime.now():%Y-%m-%d}"
