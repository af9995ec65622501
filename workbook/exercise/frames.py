"""What a project made of frames that hold no message: each gets an error for an answer."""

import json
import re
from collections.abc import Iterator

from workbook.exercise.deduction import Deduction, of, said_by, shortened
from workbook.exercise.evidence import value
from workbook.recorder.facts import Called, Caller, Fact, Handled, Sent

LIMIT = 2000  # letters of a message, as in the page
TOO_DEEP = "[" * 1000
# The errors that come of each flaw; one of another class has another cause.
ERRORS = {
    "not-json": r"JSONDecodeError|ValueError",
    "no-object": r"TypeError|AttributeError|KeyError",
    "without-message": r"KeyError",
    "too-deep": r"RecursionError",
    "no-text": r"TypeError|AttributeError",
    "half-a-sign": r"Unicode\w*Error",
}


def flawed(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Frames that hold no message, and to which no error was the answer."""
    for event in of(Handled, facts):
        flaw = flaw_of(event.text) if event.type == "websocket.receive" else ""
        if not flaw or not re.match(rf"({ERRORS.get(flaw, '')}|$)", event.error):
            continue
        answers = [fact for fact in of(Sent, facts) if fact.during == event.number]
        if any("error" in value(fact.text) for fact in answers):
            continue
        calls = [fact for fact in of(Called, facts) if fact.during == event.number]
        told: list[Sent | Called] = [*answers, *(fact for fact in calls if "send" in fact.call)]
        by = event.raised or next((fact.by for fact in told if fact.by), None)
        yield from without_error(event, flaw, by, bool(told))


def flaw_of(text: str | None) -> str:
    """Why a page's frame holds no message, or "" if it does; the recorder keeps its beginning."""
    if text is None or text.startswith(TOO_DEEP):
        return "too-deep" if text else ""
    try:
        content = json.loads(text)
    except ValueError:
        return "not-json"
    if not isinstance(content, dict):
        return "no-object"
    if "message" not in content:
        return "without-message"
    message = content["message"]
    if not isinstance(message, str):
        return "no-text"
    if re.search("[\ud800-\udfff]", message):
        return "half-a-sign"
    return "empty" if not message.strip() else "too-long" if len(message) > LIMIT else ""


def without_error(
    event: Handled, flaw: str, by: Caller | None, was_told: bool
) -> Iterator[Deduction]:
    """It went through as if it were a message, ended the connection, or was passed over."""
    words = said_by(by, frame=shortened(event.text or ""))
    if event.error or was_told:
        yield Deduction(f"frame-{flaw}", by.place if by else event.place, words)
    elif event.place:
        yield Deduction("frame-passed-over", event.place, words)
