"""What the recorder's facts of a failed check come to: what happened, with the learner's names."""

import json
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, TypeVar

from workbook.exercise.addresses import addresses
from workbook.exercise.deduction import Deduction, placed, shown
from workbook.recorder.facts import (
    Called,
    Caller,
    Fact,
    Forgotten,
    Handled,
    Lost,
    Place,
    Sent,
    Served,
    Swallowed,
)

T = TypeVar("T", bound=Fact)
CONSUMERS = {  # calls of a consumer's own
    "accept", "send", "send_json", "close", "connect", "receive", "receive_json", "disconnect",
}  # fmt: skip
DENIER = "WebsocketDenier"  # Channels' own, of whoever is refused
LAYERS = {"group_add", "group_send", "group_discard"}


def evidence(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """What the facts of a failed check come to, the likeliest cause first."""
    for deduce in DEDUCED:
        yield from deduce(facts)


def forgotten(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Calls that nobody awaited, in the order in which a connection needs them."""
    sync = any(fact.sync for fact in of(Served, facts))
    for fact in sorted(of(Forgotten, facts), key=need):
        call = name(fact)
        if fact.by is None:
            # Channels has called it: a synchronous consumer's method that is an `async def`.
            if sync:
                yield Deduction("async-in-sync", None, {"method": call})
            continue
        kind = call if call in {"accept", *LAYERS} else "send" if "send" in call else "call"
        prefix = "sync-" if sync and (call in LAYERS or call in CONSUMERS) else ""
        yield Deduction(f"{prefix}forgotten-{kind}", fact.by.place, said_by(fact.by, call=call))


def need(fact: Forgotten) -> int:
    order = ["accept", "group_add", "group_send", "send", "send_json"]
    return order.index(name(fact)) if name(fact) in order else len(order)


def name(fact: Forgotten) -> str:
    return fact.coroutine.rpartition(".")[2]


def without_method(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Events for whose type the consumer has no method."""
    for event in of(Handled, facts):
        if "No handler for message type" in event.error and not event.type.startswith("websocket."):
            sender = sender_of(event.type, facts)
            words = {"type": shown(event.type), "consumer": event.consumer}
            wanted = event.type.replace(".", "_")
            words["wanted"] = shown(wanted)
            handlers = {fact.method for fact in of(Handled, facts) if fact.method}
            words["near"] = next(iter(get_close_matches(wanted, handlers, 1)), "")
            by = sender.by if sender else None
            yield Deduction("no-method", by.place if by else None, {**said_by(by), **words})


def without_type(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Events that say nothing of the method that is meant."""
    if any("Incoming message has no 'type'" in fact.error for fact in of(Handled, facts)):
        for sent in of(Called, facts):
            if sent.call == "group_send" and "'type':" not in sent.event and sent.by:
                yield Deduction("event-without-type", sent.by.place, said_by(sent.by))


def sender_of(kind: str, facts: tuple[Fact, ...]) -> Called | None:
    sends = (fact for fact in of(Called, facts) if fact.call == "group_send")
    return next((fact for fact in sends if repr(kind) in fact.event), None)


def elsewhere(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """What was sent to a group that nobody had joined."""
    joined = [fact for fact in of(Called, facts) if fact.call == "group_add" and not fact.error]
    for sent in of(Called, facts):
        if sent.call != "group_send" or sent.members or sent.error:
            continue
        words = said_by(sent.by, group=shown(sent.group))
        place = sent.by.place if sent.by else None
        same = [each for each in joined if each.group == sent.group]
        if not joined:
            yield Deduction("nobody-joined", connecting(facts) or place, words)
        elif same and all(each.layer != sent.layer for each in same):
            yield Deduction("another-layer", place, words)
        elif not same:
            first = joined[0]
            words["joined"] = shown(first.group)
            words |= {f"join_{key}": value for key, value in said_by(first.by).items()}
            yield Deduction("group-differs", place, words)


def connecting(facts: tuple[Fact, ...]) -> Place | None:
    """Where the method stands that took a connection."""
    events = (fact for fact in of(Handled, facts) if fact.type == "websocket.connect")
    return next((event.place for event in events if event.place), None)


def answers(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Frames in which a page finds no message."""
    said = {value(fact.text).get("message") for fact in of(Handled, facts) if fact.text}
    if not all(isinstance(message, str) for message in said):
        return  # the check sends what is no message, and wants no message back
    for sent in of(Sent, facts):
        if sent.type != "websocket.send" or sent.text is None:
            continue
        place = sent.by.place if sent.by else None
        words = said_by(sent.by, text=shortened(sent.text))
        try:
            content = json.loads(sent.text)
        except ValueError:
            yield Deduction("answer-no-json", place, words)
            continue
        if not isinstance(content, dict):
            kind = "answer-json-twice" if isinstance(content, str) else "answer-no-object"
            yield Deduction(kind, place, words)
        elif "message" not in content and "error" not in content:
            words["keys"] = ", ".join(f"`{shown(key)}`" for key in content) or "{}"
            yield Deduction("answer-without-message", place, words)
        elif "message" in content and not isinstance(content["message"], str):
            yield Deduction("answer-no-text", place, words)
        elif "message" in content and said and content["message"] not in said:
            yield Deduction("answer-altered", place, words)


def value(text: str | None) -> dict[str, Any]:
    try:
        content = json.loads(text or "")
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def lost(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    for fact in of(Lost, facts):
        yield Deduction("task-failed", fact.by.place, said_by(fact.by, error=fact.error))


def silence(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Methods that ran to their end, and nothing came of it."""
    for event in of(Handled, facts):
        if event.error or event.type == "websocket.disconnect" or event.consumer == DENIER:
            continue
        caught = [fact for fact in of(Swallowed, facts) if fact.during == event.number]
        sent = [fact for fact in of(Sent, facts) if fact.during == event.number]
        called = [fact for fact in of(Called, facts) if fact.during == event.number]
        words = {
            "method": (event.method or "").rpartition(".")[2],
            "type": shown(event.type),
            "consumer": event.consumer,
        } | placed(event.place)
        if event.type == "websocket.connect":
            if not any(fact.type == "websocket.accept" for fact in sent):
                closed = any(fact.type == "websocket.close" for fact in sent)
                yield from swallowed(caught)
                yield Deduction("closed" if closed else "not-accepted", event.place, words)
        elif not sent and not any(fact.call in ("group_send", "send") for fact in called):
            yield from swallowed(caught)
            is_frame = event.type == "websocket.receive"
            kind = "frame-unanswered" if is_frame else "event-unanswered"
            yield Deduction(kind if event.place else f"{kind}-by-base", event.place, words)


def swallowed(caught: list[Swallowed]) -> Iterator[Deduction]:
    for fact in caught:
        yield Deduction("swallowed", fact.by.place, said_by(fact.by, error=fact.error))


def membership(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Groups that were joined and not left."""
    if not any(
        fact.type == "websocket.disconnect" and not fact.error for fact in of(Handled, facts)
    ):
        return
    joined = [fact for fact in of(Called, facts) if fact.call == "group_add"]
    left = [fact for fact in of(Called, facts) if fact.call == "group_discard"]
    for fact in joined:
        if any((each.group, each.channel) == (fact.group, fact.channel) for each in left):
            continue
        words = said_by(fact.by, group=shown(fact.group))
        mine = [each for each in left if each.channel == fact.channel]
        if mine:
            words["left"] = shown(mine[0].group)
            words |= {f"leave_{key}": text for key, text in said_by(mine[0].by).items()}
        leaving = next((each.by.place for each in mine if each.by), None)
        kind = "left-another" if mine else "not-left"
        yield Deduction(kind, leaving or (fact.by.place if fact.by else None), words)


DEDUCED = [
    addresses, forgotten, without_method, without_type, elsewhere, answers, lost, silence,
    membership,
]  # fmt: skip


def of(kind: type[T], facts: tuple[Fact, ...]) -> list[T]:
    return [fact for fact in facts if isinstance(fact, kind)]


def said_by(by: Caller | None, **words: str) -> dict[str, str]:
    if by is None:
        return words
    return {"by": by.function.rpartition(".")[2], **placed(by.place), **words}


def shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
