"""Each record of the wire has its explanation, and the explanation its place in the notes."""

import pytest

from workbook.languages import LANGUAGES
from workbook.notes import page
from workbook.wire.explanations import CLOSES, EVENTS, EXPLANATIONS, OTHERS, REFUSALS, found, name
from workbook.wire.scene import KINDS, Scene

NAMES = pytest.mark.parametrize("name", EXPLANATIONS)
OUTCOME = {"full": 0, "error": "", "reach": 2, "group": "chat", "by": None, "event": ""}


@NAMES
def test_an_explanation_leads_to_headings_that_exist(name):
    """In the note and in the glossary, in both languages."""
    for passages in EXPLANATIONS[name].passages:
        for language in LANGUAGES:
            path, anchor, _ = vars(passages[language]).values()
            assert anchor in [heading.anchor for heading in page(path).headings]


def test_both_languages_are_led_to_the_same():
    """A term of the glossary has one name in both."""
    anchors = {passage.anchor for passage in found("glossary", "close-code").values()}

    assert anchors == {"close-code"}


def called(call="group_send", **about):
    return {"kind": "Called", "call": call, **OUTCOME, **about}


@pytest.mark.parametrize(
    ("fact", "cause", "explained"),
    [
        ({"kind": "Asked", "upgrade": ""}, "", "request"),
        ({"kind": "Asked", "upgrade": "WebSocket"}, "", "http-alone"),
        ({"kind": "Answered", "status": 302}, "", "answer"),
        ({"kind": "Answered", "status": 404}, "", "no-page"),
        ({"kind": "Denied"}, "Refused", "refused-origin"),
        ({"kind": "Denied"}, "Unrouted", "refused-route"),
        ({"kind": "Denied"}, "Taken", "refused-consumer"),
        ({"kind": "Denied"}, "Raised", "refused-error"),
        ({"kind": "Denied"}, "", "refused"),
        ({"kind": "Frame", "came": True}, "", "frame-in"),
        ({"kind": "Frame", "came": False}, "", "frame-out"),
        (called(), "", "group_send"),
        (called(reach=0), "", "nobody"),
        (called(reach=None), "", "group_send"),
        (called(full=1), "", "full"),
        (called(error="ConnectionError: refused"), "", "call-failed"),
        (called("group_add"), "", "group_add"),
        (called("group_discard"), "", "group_discard"),
        (called("send"), "", "send"),
        ({"kind": "Taken", "method": "chat_message", "type": "chat_message"}, "", "event"),
        ({"kind": "Taken", "method": None, "type": "chat_message"}, "", "no-handler"),
        ({"kind": "Taken", "method": "receive", "type": "websocket.receive"}, "", "receive"),
        ({"kind": "Closed", "opened": True, "code": 1006}, "", "broken"),
        ({"kind": "Closed", "opened": True, "code": 4001}, "", "own-code"),
        ({"kind": "Closed", "opened": True, "code": 1009}, "", "close"),
        ({"kind": "Closed", "opened": False, "code": 1006}, "", "unopened"),
        ({"kind": "Forgotten"}, "", "unawaited"),
    ],
)
def test_a_fact_has_the_explanation_of_what_came_of_it(fact, cause, explained):
    """Not of its kind alone: of how it went, and of why."""
    assert name(fact, cause) == explained


def test_nothing_is_explained_that_no_fact_can_be():
    """What the names are made of, and those that stand in the function itself."""
    own = {"request", "http-alone", "answer", "no-page", "refused", "frame-in", "frame-out"}
    own |= {"full", "call-failed", "nobody", "no-handler", "event", "unopened", "own-code", "close"}
    calls = {"group_add", "group_discard", "group_send", "send"}
    tables = [REFUSALS, EVENTS, CLOSES, OTHERS]

    assert set(EXPLANATIONS) == own | calls | {each for table in tables for each in table.values()}
    assert set(OTHERS) < set(KINDS)


WHO = {"server": 1, "process": 1, "visit": 1}


def told(*facts):
    """What a scene makes of these, one after the other."""
    scene = Scene(0)
    found = [scene.record({"moment": number, **WHO, **fact}) for number, fact in enumerate(facts)]
    return [each for each in found if each]


KNOCKED = {"kind": "Knocked", "path": "/ws/chat/lobby/", "origin": None}
CONNECTED = {
    "kind": "Taken",
    "consumer": "ChatConsumer",
    "type": "websocket.connect",
    "method": "ChatConsumer.connect",
    "place": ["chat/consumers.py", 8],
    "channel": "specific.1",
    "event": "",
}
BY = {"function": "ChatConsumer.connect", "place": ["chat/consumers.py", 12]}
JOINED = called("group_add", channel="specific.1", group="chat_lobby", by=BY, reached=[])
FRAME = {"kind": "Frame", "came": True, "text": "hello", "size": 5}


def test_a_refusal_is_explained_by_what_led_to_it():
    """The guard's word, which is no record itself."""
    refused = {"kind": "Refused", "origin": None, "allowed": [], "setting": "ALLOWED_HOSTS"}
    *_, denied = told(KNOCKED, refused, {"kind": "Denied", "status": 403})

    assert denied.explained == "refused-origin"
    assert "Origin" in denied.explanation.says.en


def test_a_record_says_to_which_room_and_group_it_belongs():
    """A WebSocket's to its address and, once it has joined, to its group; a call to its group alone."""
    other = called(group="chat_garden", channel="", reached=[])
    knocked, _, joined, frame, sent = told(KNOCKED, CONNECTED, JOINED, FRAME, other)

    assert knocked.rooms == ("/ws/chat/lobby/",)
    assert joined.rooms == frame.rooms == ("/ws/chat/lobby/", "chat_lobby")
    assert sent.rooms == ("/ws/chat/lobby/", "chat_garden")


def test_a_record_has_the_place_in_the_project():
    """The line that made a call, the method that takes an event; none of what has none."""
    knocked, connected, joined = told(KNOCKED, CONNECTED, JOINED)

    assert knocked.place is None
    assert connected.place == ("chat/consumers.py", 8)
    assert joined.place == ("chat/consumers.py", 12)
