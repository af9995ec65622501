"""What the learner's own lines add to something that happened."""

import pytest

from workbook.exercise.deduction import Deduction
from workbook.exercise.inspection import inspected
from workbook.exercise.sources import Sources
from workbook.recorder.facts import Place

FILE = "chat/consumers.py"
BODIES = {  # the body of a method that sent nothing, and what is known of it
    "a condition": (
        """
        if text:
            self.send(text)
        """,
        "unreached",
        {"call": "self.send(text)", "gate": "if text:", "gate_line": "3"},
    ),
    "a return before it": (
        """
        if not text:
            return
        self.send(text)
        """,
        "unreached",
        {"call": "self.send(text)", "gate": "if not text:"},
    ),
    "a case": (
        """
        match text:
            case "one":
                self.send(text)
        """,
        "unreached-by-case",
        {"gate": 'case "one":'},
    ),
    "a lambda": (
        """
        answer = lambda: self.send(text)
        """,
        "never-called",
        {"line": "3"},
    ),
    "an answer that is returned": (
        """
        return text
        """,
        "value-returned",
        {"line": "3"},
    ),
    "an answer that is thrown away": (
        """
        self.answer(text)

    def answer(self, text):
        return text
        """,
        "value-dropped",
        {"helper": "answer", "line": "6"},
    ),
    "an answer that is thrown away further down": (
        """
        self.handle(text)

    def handle(self, text):
        self.answer(text)

    def answer(self, text):
        return text
        """,
        "value-dropped",
        {"helper": "answer", "line": "9"},
    ),
    "nothing": (
        """
        print(text)
        """,
        "frame-unanswered",
        {},
    ),
    "a call that nothing leads past": (
        """
        self.send(text)
        """,
        "frame-unanswered-but-called",
        {"call": "self.send(text)", "call_line": "3"},
    ),
    "a thread that is not started": (
        """
        threading.Thread(target=self.send, args=(text,))
        """,
        "thread-not-started",
        {"call_line": "3"},
    ),
}


def project(tmp_path, text):
    (tmp_path / "chat").mkdir()
    (tmp_path / FILE).write_text(text)
    return Sources(tmp_path)


@pytest.mark.parametrize("case", BODIES)
def test_why_a_method_sent_nothing(case, tmp_path):
    """The call that was not made, what it hangs on, and the line of that."""
    body, kind, words = BODIES[case]
    sources = project(tmp_path, "class Chat:\n    def receive(self, text):" + body)
    happened = Deduction("frame-unanswered", Place(FILE, 2), {"method": "receive"})

    told = next(inspected(happened, sources))

    assert told.kind == kind
    assert told.words == {**told.words, **words}


def test_a_call_is_told_as_it_was_written(tmp_path):
    """The learner may have given the function another name."""
    sources = project(tmp_path, "def receive(self):\n    self.shout(1)\n")
    happened = Deduction("forgotten-group_send", Place(FILE, 2), {"call": "group_send"})

    [told] = inspected(happened, sources)

    assert told.words["call"] == "self.shout(1)"


def test_a_key_is_looked_for_in_all_files(tmp_path):
    """The frame may be made in another file than the one that sends it."""
    sources = project(tmp_path, "self.send(answer(text))\n")
    (tmp_path / "chat/replies.py").write_text("def answer(text):\n    return dict(reply=text)\n")
    happened = Deduction("answer-without-message", Place(FILE, 1), {"key": "reply"})

    [told] = inspected(happened, sources)

    assert told.place == ("chat/replies.py", 2)
