import re
import subprocess

import pytest

from tests.support.projects import snapshot
from workbook.diff import changes, is_suite
from workbook.steps import all_steps, previous

STEPS = all_steps()
PAIRS = [(previous(step), step) for step in STEPS[1:]]
LESSONS = {
    "01_setup": {
        "manage.py",
        "mysite/__init__.py",
        "mysite/asgi.py",
        "mysite/settings.py",
        "mysite/urls.py",
        "chat/__init__.py",
        "chat/templates/chat/base.html",
        "chat/templates/chat/index.html",
        "chat/urls.py",
        "chat/views.py",
    },
    "02_room_view": {"chat/templates/chat/room.html", "chat/urls.py", "chat/views.py"},
    "03_echo_consumer": {
        "chat/consumers.py",
        "chat/messages.py",
        "chat/routing.py",
        "mysite/asgi.py",
    },
    "04_channel_layer": {"chat/consumers.py", "chat/groups.py", "mysite/settings.py"},
    "05_async": {"chat/consumers.py"},
}
SUITES = {
    "01_setup": {
        "pytest.ini",
        "tests/conftest.py",
        "tests/document.js",
        "tests/test_setup.py",
        "tests/webpage.py",
    },
    "02_room_view": {"tests/test_room_view.py"},
    "03_echo_consumer": {"tests/conftest.py", "tests/test_echo_consumer.py"},
    "04_channel_layer": {"tests/conftest.py", "tests/test_channel_layer.py"},
    "05_async": {"tests/test_async.py"},
}


def named(step):
    return step.path.name


def test_the_steps_are_the_folders():
    """A step is a folder; nothing else lists them."""
    assert [step.path.name for step in STEPS] == list(LESSONS)
    assert [step.number for step in STEPS] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("step", STEPS, ids=named)
def test_a_step_holds_its_lessons_files_and_no_other(step):
    """Every tracked file of a step is declared: by its own lesson or by one before."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "."]
    files = subprocess.check_output(listed, cwd=step.path, text=True).split()

    taught = [named(each) for each in STEPS[: step.number]]
    assert set(files) == set().union(*(LESSONS[name] | SUITES[name] for name in taught))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: named(pair[1]))
def test_neighbours_differ_by_the_lesson_alone(pair):
    """What a step does not teach is, to the byte, as in the step before."""
    step = pair[1]
    changed = changes(pair[0].path, step.path)

    assert {change.path for change in changed if change.is_lesson} == LESSONS[named(step)]
    suite = {change.path for change in changed if not change.is_lesson}
    assert suite == SUITES[named(step)] | {"pytest.ini"}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: named(pair[1]))
def test_the_diff_is_a_patch_from_one_step_to_the_next(pair, tmp_path, workbook):
    """`step-3 diff` turns step 2 into step 3, file by file and byte by byte."""
    patched = snapshot(pair[0], tmp_path / "patched")
    patch = workbook(pair[1].name, "diff").stdout

    subprocess.run(["git", "apply"], input=patch, text=True, cwd=patched, check=True)

    assert changes(patched, pair[1].path) == []


def test_any_two_steps_can_be_compared(tmp_path, workbook):
    """`diff` takes any two steps, also backwards."""
    patched = snapshot(STEPS[4], tmp_path / "patched")
    patch = workbook("diff", "--from", "5", "--to", "2").stdout

    subprocess.run(["git", "apply"], input=patch, text=True, cwd=patched, check=True)

    assert changes(patched, STEPS[1].path) == []


@pytest.mark.parametrize("step", STEPS, ids=named)
def test_a_step_does_not_know_its_number(step):
    """A step can be copied anywhere: nothing in it names its number or reaches outside."""
    for path in step.path.rglob("*"):
        assert not path.is_symlink()
        if path.is_file() and path.suffix in {".py", ".html", ".ini"}:
            assert not re.search(
                r"\bstep\b.?\d|\b0\d_[a-z]|workbook", path.read_text("utf-8"), re.I
            ), path


@pytest.mark.parametrize("step", STEPS, ids=named)
def test_each_check_speaks_both_languages(step):
    """A check's docstring is two lines for the learner: English, then Arabic."""
    for path in step.path.glob("tests/test_*.py"):
        checks = re.findall(
            r'def (test_\w+)\(.*?\):\n    """(.*?)"""', path.read_text("utf-8"), re.S
        )
        assert len(checks) == path.read_text("utf-8").count("def test_")
        for name, docstring in checks:
            english, arabic = (line.strip() for line in re.split(r"\n\n", docstring))
            assert english.isprintable() and english.endswith("."), name
            assert re.match(r"[\u0621-\u064a]", arabic) and arabic.endswith("."), name


@pytest.mark.parametrize("step", STEPS, ids=named)
def test_suites_are_listed_in_the_order_of_the_lessons(step):
    """pytest.ini runs the suites in the order in which the steps brought them."""
    listed = re.findall(r"tests/test_\w+\.py", (step.path / "pytest.ini").read_text())

    brought = [SUITES[named(each)] for each in STEPS[: step.number]]
    assert listed == [path for paths in brought for path in sorted(paths) if "/test_" in path]
    assert all(is_suite(path) for path in listed)
