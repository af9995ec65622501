"""What the catalogue's files may hold; the examples of its README are the measure."""

import os
import re

import pytest

from workbook.errors import WorkbookError
from workbook.exercise import catalogue, hints, mistakes, parts
from workbook.exercise.mistakes import Edit, Made
from workbook.steps import step

README = (catalogue.CATALOGUE / "README.md").read_text("utf-8")
EXAMPLES = dict(
    zip(["mistakes", "hints", "parts"], re.findall(r"```toml\n(.*?)```", README, re.S), strict=True)
)
READERS = {"mistakes": mistakes.mistakes, "hints": hints.groups, "parts": parts.parts_of}
MISSING, UNKNOWN = "It is missing.", "No such key is known."
NO_TEXT, TWICE = "It has to be a text.", "It stands in two groups."
# What of an example is changed into what, and what is then said of which key.
MISTAKES = {
    "a key misspelt": ("^lacks =", "lack =", ".lack", UNKNOWN),
    "no Arabic": (r"^ar.*\n", "", ".ar", MISSING),
    "half the Arabic": (r"^ar.why.*\n", "", ".ar.why", MISSING),
    "a third text": ("^ar.why", "ar.how = ''\nar.why", ".ar.how", UNKNOWN),
    "a text that says nothing": ("^en.why = .*", "en.why = ' '", ".en.why", "It is empty."),
    "a bad pattern": (r"accept\\\(", "accept(", ".lacks", "It is no regular expression: missing )"),
    "a number for a pattern": ("^check = .*", "check = 3", ".check", NO_TEXT),
    "no sign": (
        r"^(happened|check|error|has|lacks) .*\n",
        "",
        "",
        "It needs happened, check, error, has or lacks.",
    ),
    "no file to look into": (r"^file.*\n", "", ".file", MISSING),
    "a language that is no table": (
        r"^ar.what.*\nar.why.*",
        "ar = 3",
        ".ar",
        "It has to be a table.",
    ),
    "no edit": (r"^made.*\n", "", ".made", MISSING),
    "an edit of nothing": (r"^made.edits.*\n", "", ".made", "It needs edits or delete."),
    "an edit of no check": (r"^made.check.*\n", "", ".made.check", MISSING),
    "a key misspelt beside the edits": ("^# made.delete", "made.deletes", ".made.deletes", UNKNOWN),
    "an unknown key in an edit": (
        'new = "pass"',
        'new = "pass", line = 3',
        ".made.edits#1.line",
        UNKNOWN,
    ),
    "an edit that lacks a key": (', new = "pass"', "", ".made.edits#1.new", MISSING),
    "edits that are no list": (
        "^made.edits = .*",
        "made.edits = 'pass'",
        ".made.edits",
        "It has to be a list.",
    ),
    "a deletion that is no text": (
        "^made.edits = .*",
        "made.delete = [1]",
        ".made.delete#1",
        NO_TEXT,
    ),
}
HINTS = {
    "a table of another name": (r"\A", "[tip]\n", "tip", UNKNOWN),
    "an unknown key": ("^checks", "check = []\nchecks", "hint#1.check", UNKNOWN),
    "no Arabic": (r"^ar.*\n", "", "hint#1.ar", MISSING),
    "two hints": ("^ar = .*", "ar = ['…', '…']", "hint#1.ar", "There have to be 3 texts, not 2."),
    "four hints": (r"^\]", "'…']", "hint#1.en", "There have to be 3 texts, not 4."),
    "a number for a hint": ("^ar = .*", "ar = ['…', '…', 3]", "hint#1.ar#3", NO_TEXT),
    "a group of no checks": ("^checks = .*", "checks = []", "hint#1.checks", "It is empty."),
    "a check that stands there twice": (
        r"^checks = \[(.*)\]",
        r"checks = [\1, \1]",
        "hint#1.checks#2",
        TWICE,
    ),
    "a check in two groups": (r"\A([\s\S]*)\Z", r"\1\n\1", "hint#2.checks#1", TWICE),
}

PARTS = {
    "a part without Arabic": ("^ar = .*\n", "", "part#1.ar", MISSING),
    "a part that nothing proves": (
        r"there = \[[\s\S]*^\]",
        "there = []",
        "part#1.there",
        "It is empty.",
    ),
    "a proof of nothing": (r'done = "a\?sync"', "", "part#1.there#2", "It needs checks, done,"),
    "a look into no file": (r"file = .*, has", "has", "part#1.there#3.file", MISSING),
    "a key misspelt in a proof": ("checks =", "check =", "part#1.there#1.check", UNKNOWN),
}


@pytest.fixture
def written(tmp_path):
    """Writes a file of a catalogue; its path."""

    def write(name, text, folder="03_echo_consumer"):
        path = tmp_path / folder / f"{name}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return write


def test_the_readmes_mistake_is_one(written):
    """What the README says of a mistake is what is read of it."""
    [mistake] = mistakes.kept(written("mistakes", EXAMPLES["mistakes"]), 0)

    assert mistake.name == "accept-missing"
    assert mistake.signs.file == "chat/consumers.py"
    assert mistake.signs.lacks == re.compile(r"accept\(", re.M)
    edit = Edit("chat/consumers.py", "self.accept()", "pass")
    assert mistake.made == Made("test_the_connection_is_accepted", (edit,), ())


def test_a_sign_that_is_not_there_is_none(written):
    """Of the signs, only those that are written are asked."""
    lines = EXAMPLES["mistakes"].splitlines()
    text = "\n".join(line for line in lines if not re.match("check|file|has|lacks|at", line))

    [mistake] = mistakes.kept(written("mistakes", text), 0)

    signs = mistake.signs
    assert signs.error
    assert (signs.check, signs.file, signs.has, signs.lacks, signs.at) == (None, "", *[None] * 3)


def test_the_readmes_hint_is_one(written):
    """What the README says of a hint is what is read of it."""
    [group] = hints.kept(written("hints", EXAMPLES["hints"]), 0)

    assert group.checks == ("test_the_connection_is_accepted",)
    assert [text.split()[1] for text in group.en] == ["nudge:", "file:", "shape:"]
    assert group.ar == ("…", "…", "…")


def test_the_readmes_part_is_one(written):
    """What the README says of a part is what is read of it."""
    [part] = parts.kept(written("parts", EXAMPLES["parts"]), 0)

    assert part.anchors == {"en": "accept-the-connection", "ar": "اقبل-الاتصال"}
    assert part.proofs[0].checks == ("test_the_connection_is_accepted",)
    assert part.proofs[1].done == re.compile("a?sync", re.M)
    assert part.proofs[2].signs.file == "chat/consumers.py"


@pytest.mark.parametrize("damage", MISTAKES)
def test_a_damaged_mistake_is_refused(damage, written):
    """The file, the entry and the key are named, in both languages."""
    old, new, key, fact = MISTAKES[damage]
    path = written("mistakes", changed(EXAMPLES["mistakes"], old, new))

    with pytest.raises(WorkbookError) as refused:
        mistakes.kept(path, 0)

    assert says(refused.value, f"{catalogue.shown(path)}, accept-missing{key}", fact)


@pytest.mark.parametrize("damage", HINTS)
def test_a_damaged_hint_is_refused(damage, written):
    """The file, the place and the key are named, in both languages."""
    old, new, key, fact = HINTS[damage]
    path = written("hints", changed(EXAMPLES["hints"], old, new))

    with pytest.raises(WorkbookError) as refused:
        hints.kept(path, 0)

    assert says(refused.value, f"{catalogue.shown(path)}, {key}", fact)


@pytest.mark.parametrize("damage", PARTS)
def test_a_damaged_part_is_refused(damage, written):
    """The file, the place and the key are named, in both languages."""
    old, new, key, fact = PARTS[damage]
    path = written("parts", changed(EXAMPLES["parts"], old, new))

    with pytest.raises(WorkbookError) as refused:
        parts.kept(path, 0)

    assert says(refused.value, f"{catalogue.shown(path)}, {key}", fact)


def changed(text, old, new):
    text, count = re.subn(old, new, text, flags=re.M)
    assert count
    return text


def says(error, place, fact):
    """Whether the English says this of the place, and the Arabic something in Arabic."""
    arabic = re.match(f"الموضع {re.escape(place)}: [\u0621-\u064a]", error.what.ar)
    return error.what.en.startswith(f"{place}: {fact}") and arabic is not None


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"], ids=["no UTF-8", "no TOML"])
def test_a_file_that_cannot_be_read_is_refused(encoding, written):
    """The file is named, in both languages."""
    path = written("hints", "")
    path.write_bytes("[[hint]".encode(encoding))

    with pytest.raises(WorkbookError) as refused:
        hints.kept(path, 0)

    assert says(refused.value, catalogue.shown(path), "It cannot be read: ")


@pytest.mark.parametrize("folder", ["01_setup", "elsewhere"], ids=["no file", "no folder"])
@pytest.mark.parametrize("name", READERS)
def test_a_step_without_a_catalogue_is_told(name, folder, tmp_path, monkeypatch):
    """The file that is to be made is named, in both languages."""
    monkeypatch.setattr(catalogue, "CATALOGUE", tmp_path)
    (tmp_path / folder).mkdir()

    with pytest.raises(WorkbookError) as refused:
        list(READERS[name](step(1)))

    what = refused.value.what
    assert what.en == f"workbook/catalogue/01_setup/{name}.toml: There is no such file."
    assert what.ar == f"الموضع workbook/catalogue/01_setup/{name}.toml: هذا الملف غير موجود."


@pytest.mark.parametrize("name", READERS)
def test_a_file_is_read_once_until_it_changes(name, written, tmp_path, monkeypatch):
    """What was read of a file is kept, and after a save of it read anew."""
    monkeypatch.setattr(catalogue, "CATALOGUE", tmp_path)
    path = written(name, EXAMPLES[name], "01_setup")
    [first], [again] = READERS[name](step(1)), READERS[name](step(1))
    assert first is again

    path.write_text(EXAMPLES[name].replace("test_the_connection_is_accepted", "test_another"))
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1))
    [after] = READERS[name](step(1))
    assert after != first
