"""What the recorder's facts come to."""

import json

import pytest

from workbook.exercise.causes import causes
from workbook.exercise.evidence import evidence
from workbook.recorder.facts import (
    Called,
    Caller,
    Forgotten,
    Handled,
    Lost,
    Place,
    Queued,
    Sent,
    Served,
    Stuck,
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


# True of what is right, too: a check or an error is asked for besides.
FOLLOWING = {"answered-alone", "websocket.accept", "websocket.send"}
HELLO = '{"message": "hello"}'
NO_HANDLER = "ValueError: No handler for message type x"


def knowing(method):
    """A consumer that has a method of that name."""
    return Served("Chat", (), False, None, "/ws/chat/lobby/", methods=(by(method, 30),))


def failed(number, kind, error):
    return Handled(
        number, "Chat", kind, None, "Chat.said", Place(CONSUMERS, 3), error, raised=by("said", 4)
    )


def refused(call, group):
    return Called(call, 1, group, "", "", 0, by("connect", 7), "TypeError: Group name", 1)


def entered(connection, path, group, caller=None):
    """A connection that was opened and has joined a group."""
    number = 10 + connection
    return [
        Served("Chat", (), False, None, path, connection),
        Called("group_add", 1, group, f"specific!one{connection}", "", 0, caller, "", number),
        Sent("websocket.accept", None, None, number),
        Handled(number, "Chat", "websocket.connect", None, "Chat.connect", None, "", connection, 1),
    ]


def queued(taken=False):
    return Queued(1, taken, by("receive", 6), 2)


def frame(text):
    return handled(2, "websocket.receive", "receive", json.dumps({"message": text}))


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
        [served(sync=True), Forgotten("Chat.receive", None)], ["async-in-sync-receive"]
    ),
    "all of them": (
        [served(sync=True), Forgotten("Chat.answer", None), Forgotten("Chat.connect", None)],
        ["async-in-sync-connect", "async-in-sync-handler"],
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
    "a method of another name": (
        [knowing("chat_message"), handled(2, "chat.mesage", None, error=NO_HANDLER)],
        ["no-method-but-near"],
    ),
    "a space at the end of the type": (
        [knowing("said"), handled(2, "said ", None, error=NO_HANDLER)], ["type-with-spaces"]
    ),
    "a type that is the name of a method of Channels'": (
        [Handled(2, "Chat", "send", None, "WebsocketConsumer.send", None, "")],
        ["type-of-channels", "event-unanswered-by-base"],
    ),
    "a mixin that stands behind a base of Channels'": (
        [knowing("connect"), ACCEPTED,
         Handled(1, "Chat", "websocket.connect", None, "WebsocketConsumer.connect", None, "")],
        ["base-before-mixin"],
    ),
    "a yield": (
        [handled(2, "websocket.receive", "receive", error="TypeError: object async_generator")],
        ["method-yields"],
    ),
    "a disconnect that is misspelt": (
        [knowing("on_disconnect"), JOINED, ACCEPTED, CONNECTED,
         Handled(3, "Chat", "websocket.disconnect", None, "Base.disconnect", None, "")],
        ["disconnect-misspelt"],
    ),
    "a message for one channel": ([called("send", "")], ["sent-to-one-channel"]),
    "a key that the event has not": (
        [
            called("group_send", "lobby", event="{'type': 'said', 'text': 'hello'}"),
            failed(3, "said", "KeyError: 'message'"),
        ],
        ["event-key-missing"],
    ),
    "the arguments of joining swapped": (
        [refused("group_add", "specific..inmemory!abc")], ["arguments-swapped"]
    ),
    "a group's name that was not awaited": (
        [refused("group_add", "<coroutine object Chat.group at 0x1>")], ["group-is-a-coroutine"]
    ),
    "one group for two rooms": (
        [
            *entered(1, "/ws/chat/lobby/", "chat", by("connect", 7)),
            *entered(2, "/ws/chat/garden/", "chat", by("connect", 7)),
        ],
        ["group-of-all"],
    ),
    "one group in the class attribute, for what nobody says there": (
        [*entered(1, "/ws/chat/lobby/", "news"), *entered(2, "/ws/chat/garden/", "news")], []
    ),
    "one group in the class attribute": (
        [
            *entered(1, "/ws/chat/lobby/", "chat"),
            *entered(2, "/ws/chat/garden/", "chat"),
            called("group_send", "chat"),
        ],
        ["group-of-all-by-attribute"],
    ),
    "a group for each channel": (
        [*entered(1, "/ws/chat/lobby/", "chat.one1")], ["group-of-a-channel"]
    ),
    "a name that whoever came last has replaced": (
        [
            *entered(1, "/ws/chat/lobby/", "lobby"),
            *entered(2, "/ws/chat/garden/", "garden"),
            called("group_send", "garden", during=3),
            Handled(3, "Chat", "websocket.receive", None, "Chat.receive", Place(CONSUMERS, 3), "", 1),
        ],
        ["group-of-another"],
    ),
    "an event that goes round": (
        [
            called("group_send", "lobby", during=3, event="{'type': 'said'}"),
            handled(3, "said", "said"),
        ],
        ["event-goes-round"],
    ),
    "a queue that nobody empties": ([queued(), RECEIVED], ["queue-never-emptied"]),
    "a queue that is emptied once": (
        [queued(), queued(taken=True), queued(), RECEIVED], ["queue-left-full"]
    ),
    "a queue that is emptied": ([queued(), queued(taken=True), answer(HELLO), RECEIVED], []),
    "a handler that still waits": (
        [failed(2, "websocket.receive", "CancelledError: ")], ["still-waiting"]
    ),
    "a task that fails": ([Lost("KeyError: 'text'", by("run", 4))], ["task-failed"]),
    "a task that fails and is awaited": (
        [
            Lost("KeyError: 'text'", by("run", 4)),
            handled(2, "websocket.receive", "receive", error="KeyError: 'text'"),
        ],
        [],
    ),
    "a process that stands still": ([Stuck(by("receive", 4))], ["stuck"]),
    "a method of a base that is hidden": (
        [Handled(1, "Chat", "websocket.connect", None, "Log.connect", Place(CONSUMERS, 1), "",
                 hides=by("connect", 9))],
        ["super-not-called", "not-accepted"],
    ),
    "bytes": ([Sent("websocket.send", None, by("receive", 9), 2, True), RECEIVED], ["answer-bytes"]),
    "an empty answer": ([answer('{"message": ""}'), RECEIVED], ["answer-empty"]),
    "letters that are lost": (
        [answer('{"message": " hi"}'), frame("سلام hi")], ["answer-lost-letters"]
    ),
    "a method's name that is misspelt": (
        [knowing("recieve"), Handled(2, "Chat", "websocket.receive", "{}", "Base.receive", None, "")],
        ["receive-misspelt", "frame-unanswered-by-base"],
    ),
    "the connection closed behind the answer": (
        [answer(HELLO), Sent("websocket.close", None, by("receive", 9), 2), RECEIVED],
        ["closed-after-answer"],
    ),
    "nothing is sent": ([RECEIVED], ["frame-unanswered"]),
    "something is sent from elsewhere": (
        [Sent("websocket.send", HELLO, by("run", 9), 0), RECEIVED], []
    ),
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

    told = (*causes(tuple(facts)), *evidence(tuple(facts)))

    assert [each.kind for each in told if each.kind not in FOLLOWING] == kinds


def test_the_learners_own_names_are_told():
    """Function, file, line and groups, as the learner has written them."""
    [told] = evidence((JOINED, called("group_send", "lobby", members=0)))

    assert told.place == Place(CONSUMERS, 7)
    assert told.words["group"] == "lobby" and told.words["joined"] == "chat_lobby"
    assert told.words["by"] == "group_send" and told.words["join_by"] == "group_add"
