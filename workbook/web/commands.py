"""The commands of the notes, and the parts of the walkthrough that do the same."""

import re

from workbook.steps import Step, all_steps
from workbook.web.addresses import STARTING, to
from workbook.web.policy import Engine

PARTS = {
    "start": "check",
    "run": "try",
    "diff": "changes",
    "check": "check",
    "watch": "check",
    "hint": "check",
}
# Try finds a free port by itself; what the other options ask for is done in a terminal alone.
COMMAND = re.compile(r"make (?:(step-\d+) )?(\w+)(?: PORT=\d+)?")


def leads(command: str, note: Step | None, language: str, engine: Engine) -> str:
    """The address of the part, or "" for what is left to a terminal.

    A command that names no step means the note's own, and `engine` is what the reader has.
    """
    found = COMMAND.fullmatch(command.strip())
    part = PARTS.get(found[2]) if found else None
    step = named(found[1]) if found and found[1] else note
    if not found or not part or not step:
        return ""
    of_desk = part == "changes" and not found[1]
    if (of_desk and engine != "machine") or (part in STARTING and not engine):
        return ""
    return to(part, language, step=step) + ("?of=desk" if of_desk else "")


def named(name: str) -> Step | None:
    return next((step for step in all_steps() if step.name == name), None)
