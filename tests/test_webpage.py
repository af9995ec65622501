"""The suites run a page as a browser does, and say where its scripts go wrong."""

import pytest

from tests.support.projects import edited, outcomes, snapshot
from workbook.exercise import processes
from workbook.exercise.mistakes import Edit
from workbook.exercise.records import Place
from workbook.exercise.sheet import last, sheets
from workbook.steps import all_steps

ROOM = "chat/templates/chat/room.html"
SHOWN = '  <textarea id="chat-log"></textarea>\n  <input id="chat-message-input">\n  <button id="chat-message-submit">Send</button>\n'
STATIC = [
    Edit("mysite/settings.py", '"chat",', '"chat", "django.contrib.staticfiles",'),
    Edit("mysite/settings.py", "ROOT_URLCONF", 'STATIC_URL = "/static/"\nROOT_URLCONF'),
    Edit(
        ROOM, "", "{% load static %}\n" + SHOWN + '<script src="{% static "room.js" %}"></script>'
    ),
]
STEP = all_steps()[1]


@pytest.fixture(scope="module", autouse=True)
def warm():
    processes.warm_up()


@pytest.fixture
def check(tmp_path):
    """Checks step 2 with these edits."""

    def check(*edits):
        return last(sheets(STEP, edited(snapshot(STEP, tmp_path / "work"), edits)))

    return check


WRONG = {
    "in a template": (
        [Edit(ROOM, "const chatLog =", "const chatlog =")],
        ("ScriptError: ReferenceError: chatLog is not defined", ROOM, 36),
    ),
    "in a part of it": (
        [
            Edit("chat/part.html", "", ""),
            Edit(
                "chat/templates/chat/part.html",
                "",
                "\n<script>\n  const one = 1;\n  one = 2;\n</script>\n",
            ),
            Edit(ROOM, "", SHOWN + '{% include "chat/part.html" %}\n'),
        ],
        ("ScriptError: TypeError: 'one' is read-only", "chat/templates/chat/part.html", 4),
    ),
    "where the view fills a gap": (
        [Edit(ROOM, "", SHOWN + "<script>\n  const name = {{ room_name }};\n</script>\n")],
        ("ScriptError: ReferenceError: lobby is not defined", ROOM, 5),
    ),
    "in a static file": (
        [*STATIC, Edit("chat/static/room.js", "", "// a room\nnew WebSockets();\n")],
        ("ScriptError: ReferenceError: WebSockets is not defined", "chat/static/room.js", 2),
    ),
    "in an attribute": (
        [Edit(ROOM, "", "<p>\n" + SHOWN + '<body onload="begin()">\n')],
        ("ScriptError: ReferenceError: begin is not defined", ROOM, 5),
    ),
}


@pytest.mark.parametrize("kind", WRONG)
def test_an_error_in_a_script_is_said_with_its_line(kind, check):
    """JavaScript's own words, and the line of the learner's file that they speak of."""
    edits, (error, path, line) = WRONG[kind]

    failure = check(*edits).blamed.failure

    assert (failure.errors[0], failure.place) == (error, Place(path, line))


def test_a_static_file_is_found(check):
    """The page's script may lie in a file, and asks the server for more."""
    script = "fetch(location).then((answer) => answer.text()).then(() => new WebSocket('/ws/chat/lobby/'))"

    sheet = check(*STATIC, Edit("chat/static/room.js", "", script))

    assert "test_the_page_opens_a_websocket" not in [each.name for each in sheet.failed]


LACKING = {
    "from elsewhere": '<script src="https://example.org/chat.js"></script>',
    "a name from elsewhere": '<script src="https://example.org/_.js"></script><script>_.chat();</script>',
    "a module that imports": '<script type="module">import { chat } from "./chat.js"; chat();</script>',
    "what only browsers have": "<script>new Worker('chat.js');</script>",
    "a part of what is there": "<script>navigator.geolocation.watchPosition(print);</script>",
    "a member of a list": "<datalist></datalist><script>document.querySelector('datalist').options.add();</script>",
    "what moves": "<script>document.body.ontransitionend = () => new WebSocket('/ws/chat/lobby/');</script>",
    "who watches the document": "<script>new MutationObserver(print).observe(document.body);</script>",
}

OWN = {
    "quotes": "const name = ‘lobby’;",
    "a name": "const chatLog = 1;\nchatlog.value = 2;",
    "what only looks": "tailwind.config = { theme: {} };\nnew bootstrap.Toast(document.body).show();\nnope();",
}


@pytest.mark.parametrize("kind", OWN)
def test_an_error_of_ones_own_is_one_whatever_the_page_has_from_elsewhere(kind, check):
    """What no library can mend is said, and one that gives a page its looks alone excuses nothing."""
    address = "https://example.org/" + ("tailwind.js" if kind == "what only looks" else "chat.js")
    scripts = f'<script src="{address}"></script>\n<script>\n{OWN[kind]}\n</script>\n'

    assert (
        check(Edit(ROOM, "", SHOWN + scripts)).blamed.failure.errors[0].startswith("ScriptError: ")
    )


@pytest.mark.parametrize("kind", LACKING)
def test_what_only_a_browser_has_is_not_tried(kind, check):
    """A page that needs it is not accused: the check says why, and the step can be passed."""
    sheet = check(Edit(ROOM, "", SHOWN + LACKING[kind]))

    untried = {each.name: each.reason for each in sheet.results if each.outcome == "untried"}
    assert untried["test_the_page_opens_a_websocket"].en.startswith("only a browser has ")
    assert sheet.passed


def test_a_script_without_an_end_is_ended(tmp_path):
    """The check of such a page fails; it does not hang."""
    edit = Edit(ROOM, "", SHOWN + "<script>for (;;);</script>")

    found = outcomes(edited(snapshot(STEP, tmp_path / "work"), [edit]), "-k", "opens_a_websocket")

    assert found == {"test_room_view.test_the_page_opens_a_websocket": "failure"}


def test_without_an_engine_nothing_is_said_of_a_page(tmp_path):
    """Where there is none for a system, what needs it is skipped, and the rest is checked."""
    project = snapshot(STEP, tmp_path / "work")
    (project / "_quickjs.py").write_text("raise ImportError\n")

    found = outcomes(project)

    assert found["test_room_view.test_a_room_has_a_page"] == "passed"
    assert found["test_room_view.test_the_page_opens_a_websocket"] == "skipped"
    assert set(found.values()) == {"passed", "skipped"}


def test_a_project_that_skips_its_checks_has_failed_them(check):
    """Only the suite itself may say that a check was not tried."""
    sheet = check(
        Edit(
            "chat/views.py",
            "def room(",
            "def room(request, room_name):\n    import pytest\n    pytest.skip()\n\n\ndef other(",
        )
    )

    assert sheet.blamed.name == "test_a_room_has_a_page"
    assert not sheet.passed
