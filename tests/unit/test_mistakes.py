"""How a known mistake is recognised, and which line is shown for it."""

import re
from dataclasses import replace

import pytest

from workbook.exercise import mistakes
from workbook.exercise.mistakes import (
    PATTERNS,
    Edit,
    Made,
    Mistake,
    Signs,
    explain,
    fits,
    place,
)
from workbook.exercise.records import CheckResult, Failure
from workbook.exercise.sources import Sources
from workbook.languages import Bilingual
from workbook.recorder.facts import Place
from workbook.steps import all_steps, step

SAYS = Bilingual("It is accepted.", "يُقبَل الاتصال.")
FAILURE = Failure(("TimeoutError: ", "KeyError: 'message'"), Place("chat/messages.py", 7), "")
RESULT = CheckResult("test_it_is_accepted", "test_echo", SAYS, False, "failed", FAILURE)
CONSUMERS = """\
class ChatConsumer:
    # self.accept() comes later
    def connect(self):
        pass
"""
HOLD = {
    "the check's name": {"check": "test_it_is_accepted"},
    "a pattern for the whole name": {"check": "test_.*_accepted"},
    "the error": {"error": "^TimeoutError"},
    "one of the error's causes": {"error": "^KeyError: 'message'$"},
    "what a file has": {"file": "chat/consumers.py", "has": "^ +def connect"},
    "what one of several files has": {"file": "*/*.py", "has": "ROOT"},
    "what a file lacks": {"file": "chat/consumers.py", "lacks": "def receive"},
    "what only a comment has, and so the file lacks": {"file": "chat/*.py", "lacks": "accept"},
    "that a file is not there": {"file": "chat/routing.py", "lacks": r"\S"},
    "all of them": {
        "check": "test_it_is_accepted",
        "error": "TimeoutError",
        "file": "chat/consumers.py",
        "has": "connect",
        "lacks": "accept",
    },
}
DO_NOT_HOLD = {
    "a part of the check's name": {"check": "test_it"},
    "another error": {"error": "^ValueError"},
    "what a file that is not there would lack": {"file": "chat/routing.py", "lacks": "path"},
    "what no file has": {"file": "*/*.py", "has": "def receive"},
    "what only a comment has": {"file": "chat/consumers.py", "has": "accept"},
    "what another file has": {"file": "chat/consumers.py", "has": "ROOT"},
    "what one of several files has, and so they do not lack": {"file": "*/*.py", "lacks": "ROOT"},
    "the check, but not the error": {"check": "test_it_is_accepted", "error": "ValueError"},
    "what a file has, but not what it lacks": {
        "file": "chat/consumers.py",
        "has": "connect",
        "lacks": "pass",
    },
}


def signs(file="", **patterns):
    return Signs(file=file, **{key: re.compile(text, re.M) for key, text in patterns.items()})


@pytest.fixture
def project(tmp_path):
    for name, text in {"chat/consumers.py": CONSUMERS, "mysite/settings.py": "ROOT = 1\n"}.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize("given", HOLD.values(), ids=HOLD)
def test_a_sign_that_holds(given, project):
    """The mistake is recognised by it."""
    assert fits(signs(**given), RESULT, Sources(project))


@pytest.mark.parametrize("given", DO_NOT_HOLD.values(), ids=DO_NOT_HOLD)
def test_a_sign_that_does_not_hold(given, project):
    """One is enough, and it is not this mistake."""
    assert not fits(signs(**given), RESULT, Sources(project))


def test_no_file_is_read_for_another_failure(project):
    """Where the check or the error is not the mistake's, the files are not asked."""
    sources = Sources(project)

    for words in [{"check": "test_another"}, {"error": "ValueError"}]:
        assert not fits(signs(file="*/*.py", has="connect", **words), RESULT, sources)

    assert sources.read == {}


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"file": "chat/consumers.py", "at": "def connect"}, ("chat/consumers.py", 3)),
        ({"file": "*/*.py", "at": "^ROOT"}, ("mysite/settings.py", 1)),
        ({"file": "chat/consumers.py", "at": "accept"}, ("chat/messages.py", 7)),
        ({"file": "chat/consumers.py"}, ("chat/messages.py", 7)),
        ({}, ("chat/messages.py", 7)),
    ],
)
def test_the_line_that_is_shown(given, line, project):
    """It is the one that `at` finds, comments aside, or else the one that failed."""
    assert place(signs(**given), RESULT, Sources(project)) == line


def test_the_line_where_none_failed(project):
    """It is the beginning of the first file, if the signs name one."""
    result = replace(RESULT, failure=replace(FAILURE, place=None))

    assert place(signs(file="*/*.py"), result, Sources(project)) == ("chat/consumers.py", 1)
    assert place(signs(file="no.py"), result, Sources(project)) is None
    assert place(signs(), replace(RESULT, failure=None), Sources(project)) is None


def test_the_first_that_fits_is_named(project, monkeypatch):
    """What is special stands before what is general; where nothing fits, nothing is said."""
    known = [
        Mistake(name, signs(error=error), SAYS, SAYS, Made("", (Edit("", "", ""),), ()))
        for name, error in [("other", "ValueError"), ("special", "^TimeoutError"), ("general", "")]
    ]
    monkeypatch.setattr(mistakes, "mistakes", lambda _: iter(known))
    assert explain(RESULT, project, step(1)).mistake.name == "special"
    assert explain(RESULT, project, step(1)).place == ("chat/messages.py", 7)

    del known[1:]
    assert explain(RESULT, project, step(1)) is None


def test_no_sign_reads_a_file_again_from_each_of_its_empty_lines():
    r"""`^\s*` goes on over the line's end: on ten thousand empty lines that takes seconds."""
    *_, last = all_steps()
    signs = [getattr(each.signs, key) for each in mistakes.mistakes(last) for key in PATTERNS]

    assert [each.pattern for each in signs if each and re.search(r"\^\\s[*+]", each.pattern)] == []
