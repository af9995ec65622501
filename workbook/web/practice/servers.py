"""The servers that pages have started: one a step at most, and the step before's beside it."""

from workbook.steps import Step, previous
from workbook.web.practice.stepserver import StepServer

SERVERS: dict[Step, StepServer] = {}
BESIDE: dict[Step, StepServer] = {}  # the step before, on the page of a step


def of(step: Step) -> StepServer:
    if step not in SERVERS:
        SERVERS[step] = StepServer(step)
    return SERVERS[step]


def beside(step: Step) -> StepServer | None:
    """What serves the step before on this step's page, if there is one before."""
    if (before := previous(step)) and step not in BESIDE:
        BESIDE[step] = StepServer(before)
    return BESIDE.get(step)


def going() -> list[StepServer]:
    """What is being served, step by step."""
    found = [each for each in SERVERS.values() if each.is_going]
    return sorted(found, key=lambda each: each.step.number)


def everything() -> list[StepServer]:
    return [*SERVERS.values(), *BESIDE.values()]


def end() -> None:
    """Ends all that was started."""
    for each in everything():
        each.give_up()
    for each in everything():
        each.stop()
