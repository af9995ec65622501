"""What keeps Python from reading a learner's files."""

import sys

import pytest

from tests.support.lacking import OLD_PYTHON, kept
from workbook.exercise.reading import reading, unexplained
from workbook.exercise.records import Failure
from workbook.exercise.sources import Sources
from workbook.recorder.facts import Hidden, Place

FILES = {
    "chat/views.py": "x = 1\n<<<<<<< HEAD\nretrun render(request)\n",
    "chat/quotes.py": 'name = f"{scope["name"]}"\n',
    "chat/good.py": "import json\n",
}


@pytest.fixture
def sources(tmp_path):
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "chat" / "notepad.py").write_text("x = 1", "utf-16")
    (tmp_path / "chat" / "arabic.html").write_text("\nأهلا", "cp1256")
    return Sources(tmp_path)


def failed(error, path="chat/good.py", line=1, facts=()):
    return Failure((error,), Place(path, line) if path else None, "", facts=facts)


@pytest.mark.parametrize(
    ("failure", "kind", "words"),
    [
        (failed("SyntaxError: invalid syntax", "chat/views.py", 3), "merge-markers", {"line": "2"}),
        (failed("SyntaxError: invalid syntax", "chat/views.py", 3), "keyword-misspelt", {"near": "return"}),
        (failed("SyntaxError: invalid character '،' (U+060C)"), "foreign-sign", {"meant": ","}),
        (failed("SyntaxError: invalid character '٣' (U+0663)"), "foreign-sign", {"meant": "3"}),
        (failed("SyntaxError: invalid non-printable character U+200F"), "invisible-sign", {"code": "U+200F"}),
        (failed("SyntaxError: invalid character '→' (U+2192)"), "strange-sign", {"name": "RIGHTWARDS ARROW"}),
        (failed("SyntaxError: source code cannot contain null bytes"), "utf-16", {"file": "chat/notepad.py"}),
        (failed("UnicodeDecodeError: 'utf-8' codec"), "no-utf-8", {"file": "chat/arabic.html", "line": "2"}),
        (failed("AttributeError: 'Chat' object has no attribute 'ассept'"), "look-alike", {"code": "U+0430"}),
        (failed("ModuleNotFoundError: No module named 'aiofiles'"), "not-installed", {"module": "aiofiles"}),
        (failed("ImportError: cannot import name 'x' from partially initialized module 'chat.a'"), "circular-import", {"module": "chat.a"}),
        (failed("x", None, facts=(Hidden("json", "json.py"),)), "hidden-module", {"module": "json"}),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_named(failure, kind, words, sources):
    """With its kind, and with the words that stand in what is said."""
    told = [each.words for each in reading(failure, sources) if each.kind == kind]

    assert told and words.items() <= told[0].items()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason=kept(OLD_PYTHON))
def test_quotes_within_an_f_string(sources):
    failure = failed("SyntaxError: f-string: unmatched '('", "chat/quotes.py")

    assert "nested-quotes" in [each.kind for each in reading(failure, sources)]


@pytest.mark.parametrize(
    "error",
    [
        "KeyError: 'message'",
        "ModuleNotFoundError: No module named 'chat.rooms'",
        "NameError: name 'غرفة' is not defined",
    ],
)
def test_what_is_no_matter_of_reading_is_left_alone(error, sources):
    assert [each.kind for each in reading(failed(error), sources)] == []


def test_where_nothing_better_is_known_python_is_quoted(sources):
    """Its message on a line that it cannot read, and the file that an import asks for."""
    [syntax] = unexplained(failed("SyntaxError: invalid syntax"), sources)
    [missing] = unexplained(failed("ModuleNotFoundError: No module named 'chat.rooms'"), sources)

    assert syntax.words["message"] == "invalid syntax"
    assert missing.words["wanted"] == "chat/rooms.py"


def test_two_names_without_a_comma_between_them(tmp_path):
    """Python has made one of them, which no module has; the line is that of the first."""
    (tmp_path / "settings.py").write_text('APPS = [\n    "daphne"  # first\n    "chat.apps",\n]\n')

    deduced, *_ = unexplained(
        failed("ModuleNotFoundError: No module named 'daphnechat'", None), Sources(tmp_path)
    )

    assert deduced.kind == "names-run-together"
    assert deduced.words == {
        "file": "settings.py", "line": "2", "first": "daphne", "joined": "daphnechat",
    }  # fmt: skip
