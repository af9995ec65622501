"""What the recorder's facts of a failed check come to: what happened, with the learner's names."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from workbook.exercise.deduction import (
    Deduction,
    base_of,
    last,
    methods,
    misspelt,
    of,
    owner,
    placed,
    said_by,
    shortened,
    shown,
)
from workbook.exercise.membership import elsewhere, joined, left, round_again
from workbook.recorder.facts import (
    Called,
    Fact,
    Forgotten,
    Handled,
    Lost,
    Queued,
    Sent,
    Served,
    Stuck,
    Swallowed,
)

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
                kind = call if call in {"connect", "receive"} else "handler"
                words = placed(fact.place, method=call, **base_of(facts))
                yield Deduction(f"async-in-sync-{kind}", fact.place, words)
            continue
        kind = call if call in {"accept", *LAYERS} else "send" if "send" in call else "call"
        prefix = "sync-" if sync and (call in LAYERS or call in CONSUMERS) else ""
        yield Deduction(f"{prefix}forgotten-{kind}", fact.by.place, said_by(fact.by, call=call))


def need(fact: Forgotten) -> int:
    order = ["connect", "accept", "group_add", "group_send", "send", "send_json", "receive"]
    return order.index(name(fact)) if name(fact) in order else len(order)


def name(fact: Forgotten) -> str:
    return fact.coroutine.rpartition(".")[2]


def closings(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Answers after which the consumer closes the connection."""
    frames = {fact.number for fact in of(Handled, facts) if fact.type == "websocket.receive"}
    for sent in of(Sent, facts):
        others = [each for each in of(Sent, facts) if each.during == sent.during]
        answered = any(each.type == "websocket.send" for each in others)
        if sent.type == "websocket.close" and sent.during in frames and answered:
            yield Deduction(
                "closed-after-answer", sent.by.place if sent.by else None, said_by(sent.by)
            )


def queues(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Queues that the consumer fills and out of which nobody takes, or nobody any more."""
    ends = {fact.number for fact in of(Handled, facts) if fact.type == "websocket.disconnect"}
    for queue in {fact.queue for fact in of(Queued, facts)}:
        moves = [fact for fact in of(Queued, facts) if fact.queue == queue]
        moves = [fact for fact in moves if fact.during not in ends]
        taken = sum(fact.taken for fact in moves)
        left = [fact for fact in moves if not fact.taken][taken:]
        if left:
            kind = "queue-left-full" if taken else "queue-never-emptied"
            words = said_by(left[0].by, taken=str(taken))
            yield Deduction(kind, left[0].by.place if left[0].by else None, words)


def waiting(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Handlers that were still waiting when the check had waited long enough."""
    for event in of(Handled, facts):
        if event.error.startswith("CancelledError") and event.raised:
            yield Deduction("still-waiting", event.raised.place, said_by(event.raised))


def answers(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Frames in which a page finds no message."""
    frames = [fact for fact in of(Handled, facts) if fact.type == "websocket.receive" and fact.text]
    said = {value(fact.text).get("message") for fact in frames}
    if not all(isinstance(message, str) for message in said):
        return  # the check sends what is no message, and wants no message back
    greetings = {fact.number for fact in of(Handled, facts) if fact.type == "websocket.connect"}
    for sent in of(Sent, facts):
        if sent.type != "websocket.send" or sent.during in greetings:
            continue
        place = sent.by.place if sent.by else None
        if sent.is_bytes:
            yield Deduction("answer-bytes", place, said_by(sent.by))
        if sent.text is None:
            continue
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
            words["key"] = next(iter(content), "")
            yield Deduction("answer-without-message", place, words)
        elif "message" in content and not isinstance(content["message"], str):
            yield Deduction("answer-no-text", place, words)
        elif "message" in content and said and content["message"] not in said:
            yield Deduction(alteration(content["message"], said), place, words)


def alteration(answer: str, said: set[Any]) -> str:
    """What was done to a message, as far as the answer tells."""
    if not answer:
        return "answer-empty"
    if html.unescape(answer) in said:
        return "answer-escaped"
    if any(re.search(r"\n|, ", answer.replace(text, "")) for text in said if text in answer):
        return "answer-with-more"
    if any(not text.isascii() and only_ascii(answer) == only_ascii(text) for text in said):
        return "answer-lost-letters"
    return "answer-altered"


def only_ascii(text: str) -> str:
    return "".join(re.findall(r"[A-Za-z0-9]", text))


def value(text: str | None) -> dict[str, Any]:
    try:
        content = json.loads(text or "")
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def lost(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    seen = {fact.error for fact in of(Swallowed, facts)}
    seen |= {fact.error for fact in of(Handled, facts) if fact.type != "websocket.disconnect"}
    for fact in of(Lost, facts):
        if fact.error in seen:
            continue  # somebody awaited the task
        yield Deduction("task-failed", fact.by.place, said_by(fact.by, error=fact.error))


def stuck(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    for fact in of(Stuck, facts):
        yield Deduction("stuck", fact.by.place, said_by(fact.by))


def blocked(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Calls that a check refused, since they would have stopped the event loop."""
    ends = [(fact.error, fact.raised) for fact in of(Handled, facts)]
    ends += [(fact.error, fact.by) for fact in facts if isinstance(fact, Lost | Swallowed)]
    for error, by in ends:
        if by and (found := re.match(r"BlockingError: Blocking call to ([\w.]+)", error)):
            kind = "blocked-sleep" if found[1] == "time.sleep" else "blocked"
            yield Deduction(kind, by.place, said_by(by, call=found[1]))


def arrived(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """What a consumer has sent to its browser, whether or not it came through."""
    for sent in of(Sent, facts):
        if sent.by and sent.type in {"websocket.accept", "websocket.send"}:
            yield Deduction(sent.type, sent.by.place, said_by(sent.by))


def silence(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Methods that ran to their end, and nothing came of it."""
    for event in of(Handled, facts):
        if event.error or event.type == "websocket.disconnect" or event.consumer == DENIER:
            continue
        if any(fact.during == event.number for fact in of(Queued, facts)):
            continue  # it has left the answer to somebody else
        caught = [fact for fact in of(Swallowed, facts) if fact.during == event.number]
        sent = [fact for fact in of(Sent, facts) if fact.during == event.number]
        called = [fact for fact in of(Called, facts) if fact.during == event.number]
        words = {
            "method": (event.method or "").rpartition(".")[2],
            "type": shown(event.type),
            "consumer": event.consumer,
            "answered": str(answered(facts)),
        } | placed(event.place)
        if event.type == "websocket.connect":
            if not any(fact.type == "websocket.accept" for fact in sent):
                closed = any(fact.type == "websocket.close" for fact in sent)
                yield from swallowed(caught)
                if event.hides:
                    hidden = {
                        f"hidden_{key}": text for key, text in placed(event.hides.place).items()
                    }
                    words |= {"owner": owner(event.method or ""), **hidden}
                    words["hidden"] = owner(event.hides.function)
                    yield Deduction("super-not-called", event.place, words)
                yield Deduction("closed" if closed else "not-accepted", event.place, words)
        elif not sent and not any(fact.call in ("group_send", "send") for fact in called):
            if any(fact.during == 0 for fact in of(Sent, facts)):
                continue  # somebody sent something, such as a thread, and nobody knows for what
            yield from swallowed(caught)
            is_frame = event.type == "websocket.receive"
            kind = "frame-unanswered" if is_frame else "event-unanswered"
            if event.place:
                yield Deduction(kind, event.place, words)
            else:
                yield from by_base(kind, words, facts)


def answered(facts: tuple[Fact, ...]) -> int:
    return sum(fact.type == "websocket.send" for fact in of(Sent, facts))


def by_base(kind: str, words: dict[str, str], facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """What only Channels' own method took: the name that was meant, and what comes near it."""
    takes_json = any("JsonWebsocketConsumer" in each for each in base_of(facts).values())
    words = words | {"wanted": "receive_json" if takes_json else "receive"}
    for own in methods(facts):
        if last(own) == "receive_json" and not takes_json:
            found = words | placed(own.place, owner=owner(own.function)) | base_of(facts)
            yield Deduction("json-on-plain-base", own.place, found)
    near = misspelt(words["wanted"], facts)
    if near and kind == "frame-unanswered":
        found = words | placed(near.place, near=last(near))
        yield Deduction("receive-misspelt", near.place, found)
    file = next((served.file for served in of(Served, facts) if served.file), None)
    yield Deduction(f"{kind}-by-base", file, words | placed(file))


def swallowed(caught: list[Swallowed]) -> Iterator[Deduction]:
    for fact in caught:
        yield Deduction("swallowed", fact.by.place, said_by(fact.by, error=fact.error))


def alone(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """What went to the sender alone, and nothing to a group."""
    if any(fact.call == "group_send" for fact in of(Called, facts)):
        return
    for call in of(Called, facts):
        if call.call == "send" and call.by:
            yield Deduction("sent-to-one-channel", call.by.place, said_by(call.by))
    frames = {fact.number for fact in of(Handled, facts) if fact.type == "websocket.receive"}
    for sent in of(Sent, facts):
        if sent.type == "websocket.send" and sent.during in frames:
            place = sent.by.place if sent.by else None
            yield Deduction("answered-alone", place, said_by(sent.by))


DEDUCED = [
    forgotten, lost, round_again, joined, elsewhere, answers, closings, queues, waiting, silence,
    left, alone, arrived, stuck, blocked,
]  # fmt: skip
