"""What the known mistakes see of a learner's files."""

import pytest

from workbook.exercise.sources import Sources, Uniform


@pytest.fixture
def seen(tmp_path):
    """What is seen of a file with this text."""

    def write(text, name="views.py"):
        (tmp_path / name).write_text(text, "utf-8")
        return Sources(tmp_path).texts(name)[name]

    return write


def test_comments_are_left_out(seen):
    """Neither a line of comment nor one behind code is seen; every line stays in its place."""
    assert seen("# one\na = 1  # two\nb = 2\n") == "\na = 1  \nb = 2\n"


def test_a_sign_of_number_in_a_string_is_no_comment(seen):
    """What stands in a string is seen."""
    assert seen('a = "# not a comment"\n') == 'a = "# not a comment"\n'


def test_only_python_has_comments_of_this_kind(seen):
    """Another file is seen as it is."""
    assert seen("<p>Room # 1</p>\n", "index.html") == "<p>Room # 1</p>\n"


def test_lines_end_where_python_ends_them(seen):
    """Signs that end a line elsewhere, such as a page break, do not move the comments."""
    assert seen("a = 1\n\f\nb = '\u2028'  # two\n") == "a = 1\n\f\nb = '\u2028'  \n"


def test_what_python_cannot_read_is_seen(seen):
    """Behind an open bracket or a wrong indentation, the text is seen as far as it goes."""
    assert seen("a = (1,\nb = 2\n") == "a = (1,\nb = 2\n"
    assert "return" in seen("def a():\n        pass\n    return 2\n")


def test_a_glob_names_several_files_in_their_order(tmp_path):
    """Each file that fits is seen, by its path in the project; no glob names none."""
    for folder in ["mysite", "chat"]:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "urls.py").write_text(f"{folder} = 1\n")

    texts = Sources(tmp_path).texts("*/urls.py")

    assert list(texts.items()) == [
        ("chat/urls.py", "chat = 1\n"),
        ("mysite/urls.py", "mysite = 1\n"),
    ]
    assert Sources(tmp_path).texts("") == {}


def test_a_file_is_read_once_for_a_verdict_and_anew_for_the_next(tmp_path):
    """A save meanwhile is seen by the next verdict, not by half of this one."""
    path = tmp_path / "views.py"
    path.write_text("before")
    sources = Sources(tmp_path)
    sources.texts("views.py")
    path.write_text("after")

    assert sources.texts("*.py") == {"views.py": "before"}
    assert Sources(tmp_path).texts("*.py") == {"views.py": "after"}


@pytest.mark.parametrize(
    ("glob", "names"),
    [
        ("chat/*.py", {"chat/a.py", "chat/a (1)[b+.py"}),
        ("chat/**/*.py", {"chat/a.py", "chat/a (1)[b+.py", "chat/more/b.py"}),
        ("**/*.[hj][ts]*", {"chat/more/c.js", "d.html"}),
        ("chat/a (1)[b+.py", {"chat/a (1)[b+.py"}),
        ("", set()),
    ],
)
def test_a_glob_names_files_below_the_project(glob, names, tmp_path):
    """As a shell's does, whatever the names hold; what a tool keeps is passed by."""
    for name in ["chat/a.py", "chat/a (1)[b+.py", "chat/more/b.py", "chat/more/c.js", "d.html"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x = 1\n")
    (tmp_path / "env").mkdir()
    (tmp_path / "env" / "pyvenv.cfg").touch()
    (tmp_path / "env" / "e.html").touch()

    assert set(Sources(tmp_path).texts(glob)) == names


@pytest.fixture
def uniform(tmp_path):
    """What is seen of a file with this text when style does not matter."""

    def write(text, name="views.py"):
        (tmp_path / name).write_text(text, "utf-8")
        return Uniform(tmp_path).texts(name)[name]

    return write


def test_style_does_not_matter(uniform):
    """Quotes, breaks and blanks are Python's own, each statement on one line."""
    assert uniform('a = [  # some\n  "x",\n]\n') == "a = ['x']"
    assert uniform("<!-- <p> -->\n<b>", "index.html") == "\n<b>"


@pytest.mark.parametrize(
    "text",
    [
        "a = (",
        "\0",
        "a = b",
        "def f(x):\n    return y",
        "a = '\ufffd'",
        "import nowhere",
        "from nowhere.else import a",
        "from . import nowhere",
        "from .nowhere import a",
        f"from {'.' * 99} import a",
        "a = 1\n" * 4000,
        "a = " + "[" * 5000 + "]" * 5000,
        "a = " + "-" * 5000 + "1",
    ],
)
def test_of_what_cannot_work_nothing_is_seen(text, uniform):
    """A file that cannot be read, uses a name that nothing gives, or imports what is nowhere, is empty."""
    assert uniform(text) == ""


def test_each_way_to_give_a_name_is_known(uniform):
    """Whatever makes a name in Python makes one here."""
    text = """
import os.path, json as d
from re import match as g

async def h(i, *j, k=os, **m):
    with d as n:
        pass
    try:
        pass
    except g as o:
        print(o)
    match i:
        case [p, *q]:
            pass
        case {'r': s, **t}:
            pass
    return (n, p, q, s, t, j, k, m, __file__, [u for u in v], (w := 1), w)

class v(h):
    pass
"""
    assert uniform(text)
    assert uniform("from json import *\nb")


def test_a_module_of_the_project_is_found(uniform, tmp_path):
    """What is imported may lie beside the file, or in a folder of the project."""
    (tmp_path / "chat").mkdir()
    (tmp_path / "chat" / "groups.py").touch()
    (tmp_path / "own.py").touch()

    for line in ["import own", "from . import own", "from .own import a", "import chat.groups"]:
        assert uniform(line)
    assert not uniform("import chat.nothing")
