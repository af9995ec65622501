"""What happens to a learner's work: the desk, the checks, and what is said of them."""

from collections.abc import Callable

from workbook.errors import WorkbookError
from workbook.exercise import desk
from workbook.exercise.progress import Progress
from workbook.exercise.saves import Save
from workbook.languages import LANGUAGES, Bilingual
from workbook.steps import Step


def begin(step: Step) -> Save | None:
    """Puts the step's exercise on the desk; returns what lay there, saved."""
    save = desk.start(step)
    noted(Progress().begun, step, save)
    return save


def solve(step: Step) -> Save | None:
    """Puts the step's solution on the desk; returns what lay there, saved."""
    save = desk.solve(step)
    noted(Progress().solved, step, save)
    return save


def noted(note: Callable[[Step], None], step: Step, save: Save | None) -> None:
    """Writes it down; where that cannot be, the error names what was saved."""
    try:
        note(step)
    except WorkbookError as error:
        if save is None:
            raise
        saved = Bilingual(f"What lay there is saved: {save.name}", f"حُفظ ما كان فيه: {save.name}")
        both = Bilingual(*(f"{error.what[each]} {saved[each]}" for each in LANGUAGES))
        raise WorkbookError(both, error.then) from None
