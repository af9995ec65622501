"""Who is on the wire: gives each WebSocket its name, and makes a record of each fact."""

import string
from dataclasses import dataclass, field
from itertools import chain, count, product
from typing import Any, NamedTuple

from workbook.languages import Bilingual
from workbook.wire import explanations, sayings
from workbook.wire.records import CONSUMER, LAYER, PAGE, SERVER, WINDOW, Record

Fact = dict[str, Any]
OF_THE_GUARD = "WebsocketDenier"  # who answers for Channels in place of the project's consumer
TROUBLES = {"Blocked", "Denied", "Forgotten", "Lost", "Raised"}
KINDS = {
    "Asked": "request",
    "Answered": "answer",
    "Knocked": "handshake",
    "Opened": "opened",
    "Denied": "refused",
    "Frame": "frame",
    "Called": "call",
    "Taken": "event",
    "Closed": "close",
    "Forgotten": "unawaited",
    "Raised": "exception",
    "Swallowed": "caught",
    "Lost": "lost",
    "Blocked": "blocked",
    "Crowded": "crowd",
    "Begun": "begun",
    "Ended": "ended",
}


class Cause(NamedTuple):
    """What would be the reason of a refusal: the kind of the fact, and the sentence."""

    kind: str
    says: Bilingual


@dataclass
class Visit:
    """A WebSocket or, without a name, the request for a page.

    `rooms` are its address and its groups. `why` is what would be the reason if it were refused
    now; `certain` is one that stays.
    """

    name: str = ""
    channel: str = ""
    rooms: list[str] = field(default_factory=list)
    why: Cause | None = None
    certain: Cause | None = None


@dataclass
class Scene:
    """All visits so far, of all servers; `began` is the moment from which records count."""

    began: float
    visits: dict[tuple[int, int, int], Visit] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        words = (product(string.ascii_uppercase, repeat=size) for size in count(1))
        self.letters = map("".join, chain.from_iterable(words))

    def record(self, fact: Fact) -> Record | None:
        """The record of a fact; None of what only explains another one."""
        kind, visit = fact["kind"], self.visit(fact)
        if kind not in KINDS:
            visit.certain = visit.why = cause(fact) or visit.why
            return None
        if kind == "Taken" and fact["consumer"].startswith(OF_THE_GUARD):
            return None
        if kind == "Taken":
            self.meet(visit, fact)
        why, rooms = visit.why, rooms_of(fact, visit)
        around = sayings.Around(visit.name, why and why.says, self.names)
        says = sayings.SAYINGS[kind](fact, around)
        if kind in ("Raised", "Taken"):
            visit.why = visit.certain or cause(fact) or visit.why
        about = {name: value for name, value in fact.items() if name not in ("kind", "moment")}
        return Record(
            max(0.0, fact["moment"] - self.began),
            fact["server"],
            visit.name,
            visit.channel,
            rooms,
            KINDS[kind],
            *lanes(fact, visit),
            says,
            kind in TROUBLES or is_trouble(fact),
            explanations.name(fact, why.kind if why else ""),
            about,
        )

    def visit(self, fact: Fact) -> Visit:
        key = fact["server"], fact["process"], fact.get("visit", 0)
        if fact["kind"] == "Answered":
            return self.visits.pop(key, Visit())
        visit = self.visits.setdefault(key, Visit())
        if fact["kind"] == "Knocked":
            visit.name = next(self.letters)
            visit.rooms.append(fact["path"])
        return visit

    def meet(self, visit: Visit, fact: Fact) -> None:
        """Remembers whose channel it is."""
        visit.channel = fact["channel"]
        if visit.channel and visit.name:
            self.names[visit.channel] = visit.name


def cause(fact: Fact) -> Cause | None:
    says = sayings.reason(fact)
    return Cause(fact["kind"], says) if says else None


def rooms_of(fact: Fact, visit: Visit) -> tuple[str, ...]:
    """Where it belongs: a call to its group alone, all else to those that its WebSocket is in."""
    group = fact.get("group")
    if not group:
        return tuple(visit.rooms)
    if fact["call"] == "group_add" and fact["channel"] == visit.channel:
        visit.rooms = list(dict.fromkeys([*visit.rooms, group]))
    return (*visit.rooms[:1], group)


def lanes(fact: Fact, visit: Visit) -> tuple[str, str]:
    """From where to where it goes; the second is "" of what goes nowhere."""
    outside = WINDOW if visit.name else PAGE
    match fact["kind"]:
        case "Asked" | "Knocked":
            return outside, SERVER
        case "Answered" | "Opened" | "Denied":
            return SERVER, outside
        case "Frame":
            return (outside, CONSUMER) if fact["came"] else (CONSUMER, outside)
        case "Closed":
            return (CONSUMER, outside) if fact["by_server"] else (outside, CONSUMER)
        case "Taken" if not fact["type"].startswith("websocket."):
            return LAYER, CONSUMER
        case "Called":
            return (CONSUMER if visit.name else SERVER), LAYER
    return (CONSUMER if visit.name else SERVER), ""  # as what came in a frame, which travelled


def is_trouble(fact: Fact) -> bool:
    match fact["kind"]:
        case "Taken":
            return fact["method"] is None
        case "Called":
            return bool(fact["error"] or fact["full"])
        case "Closed":
            return fact["code"] not in (1000, 1001, 1005)
        case "Answered":
            return bool(fact["status"] >= 400)
    return False
