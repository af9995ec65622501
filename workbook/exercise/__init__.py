"""What happens to a learner's work: the desk, the checks, and what is said of them."""

from workbook.exercise import desk
from workbook.exercise.desk import Save
from workbook.exercise.progress import Progress
from workbook.steps import Step


def begin(step: Step) -> Save | None:
    """Puts the step's exercise on the desk; returns what lay there, saved."""
    save = desk.start(step)
    Progress().begun(step)
    return save


def solve(step: Step) -> Save | None:
    """Puts the step's solution on the desk; returns what lay there, saved."""
    save = desk.solve(step)
    Progress().solved(step)
    return save
