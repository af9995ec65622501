"""What the pages' own text adds to a failure."""

import pytest

from workbook.exercise.pages import pages
from workbook.exercise.records import Failure
from workbook.exercise.sources import Sources
from workbook.recorder.facts import Place

ROOM = "chat/templates/chat/room.html"
SCRIPT = """let chatSocket;
function connect() {
  const chatSocket = new WebSocket("/ws/chat/lobby/");
  await opened(chatSocket);
}
send.onclick = () => chatSocket.readyState;
"""
BASE = "chat/templates/chat/base.html"
CHILD = '{% extends "chat/base.html" %}\n{% block page %}\n<script></script>\n{% endblock %}\n'


def deduced(folder, error, line=None, **files):
    for path, text in {ROOM: SCRIPT, **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    failure = Failure((error,), Place(ROOM, line) if line else None, "")
    return [(each.kind, each.place, each.words) for each in pages(failure, Sources(folder))]


def test_a_name_that_is_declared_again(tmp_path):
    """The inner declaration is the place; it has the value that the outer one lacks."""
    error = "ScriptError: TypeError: cannot read property 'readyState' of undefined"

    [(kind, place, words)] = deduced(tmp_path, error, 6)

    assert (kind, place) == ("declared-twice", Place(ROOM, 3))
    assert (words["name"], words["used"]) == ("chatSocket", "6")


def test_await_where_nothing_is_async(tmp_path):
    """Only the line that JavaScript could not read is asked for the word."""
    error = "ScriptError: SyntaxError: Unexpected identifier 'opened'"

    assert [kind for kind, *_ in deduced(tmp_path, error, 4)] == ["await-outside-async"]
    assert deduced(tmp_path, error, 3) == []
    assert deduced(tmp_path, "SyntaxError: 'await' outside async function", 4) == []


def test_a_room_that_stands_in_the_script(tmp_path):
    """Its line is the place; another name that comes out wrong is none of these."""
    error = "AssertionError: the WebSocket is that of the room "

    assert deduced(tmp_path, error + "lobby")[0][:2] == ("room-written-in-the-page", Place(ROOM, 3))
    assert deduced(tmp_path, error + "a%2520b") == []


@pytest.mark.parametrize(
    ("base", "kinds"),
    [
        ("{% block main %}{% endblock %}", ["block-of-nobody"]),
        ("{% block page %}{% endblock %}", []),
    ],
)
def test_a_block_that_the_base_does_not_have(base, kinds, tmp_path):
    """What stands in it is never rendered."""
    files = {ROOM: CHILD, BASE: base}

    found = deduced(tmp_path, "AssertionError: the page opens no WebSocket", **files)

    assert [kind for kind, *_ in found] == kinds
