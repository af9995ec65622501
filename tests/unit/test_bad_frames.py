"""What is deduced from a frame that holds no message."""

import pytest

from workbook.exercise.frames import flawed
from workbook.recorder.facts import Called, Caller, Handled, Place, Sent

BY = Caller("Chat.receive", Place("chat/consumers.py", 9))
FLAWS = {
    "hi": "frame-not-json",
    "": "frame-not-json",
    "[]": "frame-no-object",
    "{}": "frame-without-message",
    '{"message": NaN}': "frame-no-text",
    '{"message": " "}': "frame-empty",
    '{"message": "\\ud800"}': "frame-half-a-sign",
    '{"message": "%s"}' % ("x" * 2001): "frame-too-long",
    "[" * 5000: "frame-too-deep",
}


def received(text, error="", raised=None):
    return Handled(
        2, "Chat", "websocket.receive", text, "Chat.receive", BY.place, error, raised=raised
    )


def answer(text):
    return Sent("websocket.send", text, BY, 2)


def kinds(*facts):
    return [each.kind for each in flawed(facts)]


@pytest.mark.parametrize("text", FLAWS, ids=lambda text: text[:20])
def test_what_goes_out_as_a_message_is_named_by_its_flaw(text):
    """The frame is said, shortened, and the line that sent it is the place."""
    [deduced] = flawed((answer('{"message": null}'), received(text)))

    assert (deduced.kind, deduced.place) == (FLAWS[text], BY.place)
    assert deduced.words["frame"].rstrip("…") in text


def test_what_goes_to_a_group_is_named_too():
    """Whoever sends it on has not refused it."""
    sent = Called("group_send", 1, "chat_lobby", "", "", 1, BY, "", 2)

    assert kinds(sent, received('{"message": 5}')) == ["frame-no-text"]


def test_an_error_is_the_answer_that_is_wanted():
    """Where it was given, or the frame holds a message, there is nothing to say."""
    assert kinds(answer('{"error": "no"}'), received("hi")) == []
    assert kinds(answer('{"message": "hi"}'), received('{"message": "hi"}')) == []
    assert kinds(received(None)) == []


def test_silence_is_no_answer():
    """The frame was passed over."""
    assert kinds(received("[]")) == ["frame-passed-over"]


def test_only_an_error_that_the_flaw_can_bring_is_put_down_to_it():
    """Another one has another cause."""
    assert kinds(received("[]", "TypeError: list indices", BY)) == ["frame-no-object"]
    assert kinds(received("[]", "NameError: name 'x' is not defined", BY)) == []
