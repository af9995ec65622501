"""What the recorder's facts come to."""

import pytest

from workbook.exercise.evidence import evidence
from workbook.recorder.facts import (
    Called,
    Caller,
    Forgotten,
    Handled,
    Place,
    Sent,
    Served,
    Swallowed,
)

CONSUMERS = "chat/consumers.py"


def by(function, line):
    return Caller(f"Chat.{function}", Place(CONSUMERS, line))


def served(sync=False):
    return Served("Chat", (), sync, None, "/ws/chat/lobby/")


def handled(number, kind, method, text=None, error=""):
    return Handled(number, "Chat", kind, text, f"Chat.{method}", Place(CONSUMERS, number), error)


def called(call, group, members=1, during=2, event="", layer=1):
    return Called(call, layer, group, "one", event, members, by(call, 7), "", during)


CONNECTED = handled(1, "websocket.connect", "connect")
ACCEPTED = Sent("websocket.accept", None, by("connect", 5), 1)
RECEIVED = handled(2, "websocket.receive", "receive", '{"message": "hello"}')
LEFT = handled(3, "websocket.disconnect", "disconnect")
JOINED = called("group_add", "chat_lobby", members=0, during=1)


def answer(text):
    return Sent("websocket.send", text, by("receive", 9), 2)


CASES = {
    "all is well": ([served(), ACCEPTED, CONNECTED, answer('{"message": "hello"}'), RECEIVED], []),
    "a call that nobody awaited comes before what follows from it": (
        [served(), Forgotten("AsyncWebsocketConsumer.accept", by("connect", 5)), CONNECTED],
        ["forgotten-accept", "not-accepted"],
    ),
    "in a synchronous consumer it is another mistake": (
        [served(sync=True), Forgotten("InMemoryChannelLayer.group_send", by("receive", 9))],
        ["sync-forgotten-group_send"],
    ),
    "a helper of one's own": (
        [served(), Forgotten("Chat.say", by("receive", 9))], ["forgotten-call"]
    ),
    "an async def that Channels called": (
        [served(sync=True), Forgotten("Chat.receive", None)], ["async-in-sync"]
    ),
    "another group": ([JOINED, called("group_send", "lobby", members=0)], ["group-differs"]),
    "another layer": (
        [JOINED, called("group_send", "chat_lobby", members=0, layer=2)], ["another-layer"]
    ),
    "no group at all": ([ACCEPTED, CONNECTED, called("group_send", "lobby", members=0)], ["nobody-joined"]),
    "no method for the type": (
        [handled(2, "chat.mesage", None, error="ValueError: No handler for message type x")],
        ["no-method"],
    ),
    "nothing is sent": ([RECEIVED], ["frame-unanswered"]),
    "an error is swallowed": (
        [Swallowed("KeyError: 'text'", by("receive", 9), 2), RECEIVED],
        ["swallowed", "frame-unanswered"],
    ),
    "a handler only prints": (
        [called("group_send", "chat_lobby"), handled(3, "chat.message", "chat_message")],
        ["event-unanswered"],
    ),
    "another key": ([answer('{"text": "hello"}'), RECEIVED], ["answer-without-message"]),
    "no JSON": ([answer("hello"), RECEIVED], ["answer-no-json"]),
    "JSON in JSON": ([answer('"{}"'), RECEIVED], ["answer-json-twice"]),
    "another text": ([answer('{"message": "HELLO"}'), RECEIVED], ["answer-altered"]),
    "a group that is not left": ([JOINED, ACCEPTED, CONNECTED, LEFT], ["not-left"]),
    "another group that is left": (
        [JOINED, ACCEPTED, CONNECTED, called("group_discard", "lobby", during=3), LEFT],
        ["left-another"],
    ),
    "what follows from an error is not told": (
        [handled(2, "websocket.receive", "receive", error="KeyError: 'message'")], []
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_the_facts_come_to(case):
    """The kinds, the likeliest first."""
    facts, kinds = CASES[case]

    assert [each.kind for each in evidence(tuple(facts))] == kinds


def test_the_learners_own_names_are_told():
    """Function, file, line and groups, as the learner has written them."""
    [told] = evidence((JOINED, called("group_send", "lobby", members=0)))

    assert told.place == Place(CONSUMERS, 7)
    assert told.words["group"] == "lobby" and told.words["joined"] == "chat_lobby"
    assert told.words["by"] == "group_send" and told.words["join_by"] == "group_add"
