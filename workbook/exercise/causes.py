"""What the recorder's facts say of an error: its cause, with the learner's names."""

import ast
import re
from collections.abc import Iterator
from difflib import get_close_matches

from workbook.exercise.addresses import addresses
from workbook.exercise.deduction import (
    Deduction,
    base_of,
    last,
    methods,
    of,
    owner,
    placed,
    said_by,
    shown,
)
from workbook.exercise.frames import flawed
from workbook.recorder.facts import Called, Fact, Forgotten, Handled, Served

OWN = {"connect", "receive", "receive_json", "disconnect"}
LAYERS = {"group_add", "group_send", "group_discard"}


def causes(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """What explains an error, whatever the error's own words are."""
    for deduce in CAUSES:
        yield from deduce(facts)


def outranked(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Own methods that are not called, since a base that stands before theirs has the name too."""
    for event in of(Handled, facts):
        names = {(event.method or "").rpartition(".")[2], event.type.replace(".", "_")}
        for own in methods(facts) if event.place is None else []:
            if last(own) in names and event.type in {"websocket.connect", "websocket.receive"}:
                words = placed(own.place, method=last(own), owner=owner(own.function))
                words |= {"base": owner(event.method or ""), "consumer": event.consumer}
                yield Deduction("base-before-mixin", own.place, words)


def recursion(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Lines at which calls went too deep."""
    for event in of(Handled, facts):
        if event.error.startswith("RecursionError") and event.raised:
            yield Deduction("recursion", event.raised.place, said_by(event.raised))


def json_receive(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """`receive` of a consumer whose base takes JSON apart and then calls `receive_json`."""
    takes_json = any("JsonWebsocketConsumer" in each for each in base_of(facts).values())
    errors = [event.error for event in of(Handled, facts)]
    refused = any(re.match(r"TypeError: .*receive\(\) .*argument", error) for error in errors)
    for found in methods(facts):
        if takes_json and refused and last(found) == "receive":
            yield Deduction("json-receive", found.place, placed(found.place, **base_of(facts)))


def method_of_channels(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Events whose type is the name of a method that Channels has for something else."""
    for event in of(Handled, facts):
        own = event.place or event.type.startswith("websocket.")
        if event.method and not own:
            sender = sender_of(event.type, facts)
            by = sender.by if sender else None
            words = said_by(by, type=shown(event.type), method=event.method)
            yield Deduction("type-of-channels", by.place if by else None, words)


def without_method(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Events for whose type the consumer has no method."""
    for event in of(Handled, facts):
        if "No handler for message type websocket." in event.error:
            words = {"consumer": event.consumer, **base_of(facts)}
            file = next((served.file for served in of(Served, facts) if served.file), None)
            yield Deduction("base-without-websocket", file, words | placed(file))
        if "Malformed type in message (leading underscore)" in event.error:
            sender = sender_of(event.type, facts)
            by = sender.by if sender else None
            words = said_by(by, type=shown(event.type), wanted=event.type.lstrip("_"))
            yield Deduction("type-with-underscore", by.place if by else None, words)
        if "No handler for message type" in event.error and not event.type.startswith("websocket."):
            sender = sender_of(event.type, facts)
            words = {"type": shown(event.type), "consumer": event.consumer}
            wanted = event.type.replace(".", "_")
            words["wanted"] = shown(wanted)
            handlers = {last(each) for each in methods(facts)}
            near = get_close_matches(wanted, handlers - OWN, 1)
            words["near"] = next(iter(near), "")
            by = sender.by if sender else None
            kind = "no-method-but-near" if near else "no-method"
            visible = "".join(sign for sign in event.type if sign.isprintable()).strip()
            kind = "type-with-spaces" if event.type != visible else kind
            yield Deduction(kind, by.place if by else None, {**said_by(by), **words})


def without_type(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Events that say nothing of the method that is meant."""
    if any("Incoming message has no 'type'" in fact.error for fact in of(Handled, facts)):
        for sent in of(Called, facts):
            if sent.call == "group_send" and "'type':" not in sent.event and sent.by:
                yield Deduction("event-without-type", sent.by.place, said_by(sent.by))


def sender_of(kind: str, facts: tuple[Fact, ...]) -> Called | None:
    sends = (fact for fact in of(Called, facts) if fact.call == "group_send")
    return next((fact for fact in sends if repr(kind) in fact.event), None)


def generators(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Methods that Channels wanted to await, and that are generators, since they have a `yield`."""
    for event in of(Handled, facts):
        if event.place and not event.raised and "async_generator" in event.error:
            words = placed(event.place, method=(event.method or "").rpartition(".")[2])
            yield Deduction("method-yields", event.place, words)


def plain_methods(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Methods whose result Channels awaits, and that give nothing which could be awaited."""
    if of(Forgotten, facts):
        return  # a call in it says more
    for event in of(Handled, facts):
        if event.place and not event.raised and re.search("NoneType.*await", event.error):
            words = placed(event.place, method=(event.method or "").rpartition(".")[2])
            yield Deduction("method-not-async", event.place, words)


def missing_keys(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Keys that a handler looks for in an event that has others."""
    for event in of(Handled, facts):
        if found := re.match(r"KeyError: '(.*)'$", event.error):
            sender = sender_of(event.type, facts)
            keys = set(keys_of(sender.event)) - {"type"} if sender else set()
            if keys and found[1] not in keys and event.raised:
                listed = ", ".join(f"`{shown(key)}`" for key in sorted(keys))
                words = said_by(event.raised, key=shown(found[1]), keys=listed)
                yield Deduction("event-key-missing", event.raised.place, words)


def keys_of(event: str) -> list[str]:
    try:
        return [str(key) for key in ast.literal_eval(event)]
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return []


def misnamed(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Calls of the layer that it refused, because a group's name is none."""
    for fact in of(Called, facts):
        if fact.call not in LAYERS or not fact.error.startswith("TypeError"):
            continue
        place, words = fact.by.place if fact.by else None, said_by(fact.by, call=fact.call)
        if "!" in fact.group and fact.call != "group_send":
            yield Deduction("arguments-swapped", place, words)
        elif found := re.match(r"<coroutine object (?:\w+\.)*(\w+) at", fact.group):
            yield Deduction("group-is-a-coroutine", place, {**words, "name": found[1]})


CAUSES = [
    addresses,
    flawed,
    outranked,
    recursion,
    json_receive,
    method_of_channels,
    without_method,
    without_type,
    generators,
    plain_methods,
    missing_keys,
    misnamed,
]
