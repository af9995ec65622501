"""Which headings of a note are there, as far as a check and the files tell."""

import pytest

from workbook.exercise.parts import Blame, parts, parts_of
from workbook.exercise.records import CheckResult, Failure
from workbook.languages import LANGUAGES, Bilingual
from workbook.notes import Passage, note_path, page
from workbook.recorder.facts import Called, Place, Served
from workbook.steps import all_steps, step

WRITE_IT = {"en": "Write it", "ar": "اكتبها"}
SAYS = Bilingual("It works.", "يعمل.")
MISSING = "ValueError: No application configured for scope type 'websocket'"
ACCEPTED, ECHO = "test_the_connection_is_accepted", "test_what_you_send_comes_back"
FOREIGN = "test_a_foreign_page_is_refused"
CONSUMER = """from channels.generic.websocket import WebsocketConsumer


class ChatConsumer(WebsocketConsumer):
    def connect(self):
        self.accept()
"""
ROUTING = """from django.urls import path
from .consumers import ChatConsumer

websocket_urlpatterns = [
    path(
        "ws/chat/<room_name>/",  # a comment
        ChatConsumer.as_asgi(),
    ),
]
"""
ANCHOR = "open-the-way-for-websockets"
SERVED = Served("ChatConsumer", (), True, None, "/ws/chat/lobby/")


@pytest.mark.parametrize("each", all_steps(), ids=lambda each: each.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_parts_are_the_headings_of_the_note(each, language):
    """Each heading below "Write it" is a part, in the note's order, in both languages."""
    headings = page(note_path(each, language)).headings
    start = next(number for number, one in enumerate(headings) if one.words == WRITE_IT[language])
    below = []
    for heading in headings[start + 1 :]:
        if heading.level == 2:
            break
        below.append(heading.anchor)

    assert [part.anchors[language] for part in parts_of(each)] == below


@pytest.mark.parametrize("each", all_steps(), ids=lambda each: each.name)
def test_the_proofs_name_checks_that_there_are(each):
    """A check that proves a part is one of the step's suites."""
    suites = "".join(path.read_text("utf-8") for path in each.path.glob("tests/test_*.py"))
    for part in parts_of(each):
        for proof in part.proofs:
            assert all(f"def {check}(" in suites for check in proof.checks)


@pytest.fixture
def told(tmp_path):
    """The numbers of the parts of step 3 that are there, and of the one that is next."""

    def tell(files, results=((ACCEPTED, "failed"),), mistake="", anchor=ANCHOR, **failure):
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_text(text, "utf-8")
        known = {"errors": (MISSING,), "place": None, "traceback": "", **failure}
        checks = [
            CheckResult(name, "test_echo_consumer", SAYS, False, outcome, Failure(**known))
            for name, outcome in results
        ]
        blamed = next(check for check in checks if check.outcome == "failed")
        passage = Passage("notes/en/03_echo_consumer.md", anchor, "")
        blame = Blame(blamed, mistake, {"en": passage, "ar": passage})
        found = parts(blame, checks, step(3), tmp_path)
        return (
            [number for number, part in enumerate(found, 1) if part.there],
            [number for number, part in enumerate(found, 1) if part.next],
        )

    return tell


def test_with_nothing_written_the_first_heading_is_next(told):
    """Nothing is there at the beginning."""
    assert told({}) == ([], [1])


def test_what_no_check_has_reached_is_seen_in_the_files(told):
    """A consumer is there before an address leads to it, and a route before the way is open."""
    assert told({"chat/consumers.py": CONSUMER}) == ([1], [2])
    assert told({"chat/routing.py": ROUTING}) == ([1, 2], [3])


def test_another_style_is_seen_too(told):
    """Quotes, breaks, comments and asynchronous methods do not matter."""
    asynchronous = CONSUMER.replace("Websocket", "AsyncWebsocket", 1)
    asynchronous = asynchronous.replace("(WebsocketC", "(AsyncWebsocketC")
    asynchronous = asynchronous.replace("def", "async def").replace("self.acc", "await self.acc")

    assert told({"chat/consumers.py": asynchronous}) == ([1], [2])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("self.accept()", "self.accept"),
        ("self.accept()", "pass"),
        ("self.accept()", "self.close()\n        self.accept()"),
        ("    def connect(self):", "    async def connect(self):"),
        ("(WebsocketConsumer)", "(WebSocketConsumer)"),
        ("self.accept()", "self.accept("),
    ],
)
def test_a_part_with_a_mistake_is_not_there(old, new, told):
    """What is not as it has to be is not said to be there, and its traces are not passed over."""
    assert told({"chat/consumers.py": CONSUMER.replace(old, new)}) == ([], [2])


def test_a_deed_and_a_check_that_passes_are_proofs(told):
    """What happened counts in whatever style it is written, and so does what passes."""
    there, _ = told({}, facts=(SERVED,))
    assert there == [2, 3]

    there, ahead = told({}, [(ACCEPTED, "passed"), (ECHO, "failed")])
    assert there == [1, 2, 3]
    assert ahead == [4]


def test_a_call_that_failed_is_no_deed(told):
    """What a consumer called in vain proves nothing."""
    call = Called("group_add", 1, "chat_lobby", "", "", 0, None, "TypeError: …", 0)

    assert told({}, facts=(call,)) == ([], [1])


def test_a_mistake_in_a_part_outweighs_its_proofs(told):
    """The part that a known mistake leads to is not there, and it is next."""
    files = {"chat/consumers.py": CONSUMER, "chat/routing.py": ROUTING}
    anchor = "accept-the-connection"

    assert told(files, mistake="accept-unreached", anchor=anchor) == ([2], [1])
    assert told(files, place=Place("chat/consumers.py", 6), anchor=anchor) == ([2], [1])


def test_an_earlier_part_that_is_not_recognised_is_not_spoken_of(told):
    """Behind what is there the way goes on; what comes before it may be written otherwise."""
    assert told({"chat/consumers.py": "", "chat/routing.py": ROUTING}) == ([2], [3])


def test_what_waits_to_be_tried_is_not_called_next(told):
    """Where a check was ended, nobody knows what those behind it would have said."""
    waiting = [("test_the_consumer_knows_the_user", "waiting"), (FOREIGN, "waiting")]
    order = ("test_django_is_set_up_before_the_routing_is_imported", "passed")
    results = [(ACCEPTED, "passed"), order, (ECHO, "failed"), *waiting]

    assert told({}, results) == ([1, 2, 3, 4], [7])


def test_a_failure_that_leads_elsewhere_comes_first(told):
    """Of the note's headings nothing is said while something else is to be mended."""
    assert told({"chat/consumers.py": CONSUMER}, mistake="syntax-error", anchor="") == ([], [])
