"""The learner's desk: nothing written there is ever lost."""

import contextlib
import errno
import os
import re
import shutil
import socket
from pathlib import Path

import pytest

from workbook.diff import files
from workbook.errors import WorkbookError
from workbook.exercise import desk, sheet
from workbook.exercise.progress import Progress
from workbook.exercise.sheet import Sheet, Verdict
from workbook.steps import step


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A desk in a folder of the test's, for calls that a command cannot make."""
    for name in ["DESK", "SAVED", "BUILDING", "READY"]:
        monkeypatch.setattr(desk, name, tmp_path / getattr(desk, name).name)
    return tmp_path


def everything(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_an_exercise_begins_with_the_step_before_and_this_suite(room):
    """On the desk lie the code of step 2 and the suite of step 3."""
    desk.start(step(3))

    found = files(desk.DESK)
    assert found["mysite/asgi.py"] == (step(2).path / "mysite/asgi.py").read_text()
    assert found["tests/test_echo_consumer.py"]
    assert "chat/consumers.py" not in found
    assert desk.current() == step(3)


def test_the_first_exercise_begins_with_a_new_project(room):
    """For step 1 it is what startproject makes: its settings, and no app."""
    desk.start(step(1))

    found = files(desk.DESK)
    assert "mysite/wsgi.py" in found
    assert "chat/views.py" not in found
    assert found["manage.py"] == (step(1).path / "manage.py").read_text()


@pytest.mark.parametrize("verb", ["start", "solve"])
def test_what_lay_there_is_saved_first(verb, room):
    """Beginning again and looking up the solution keep a copy, to the byte, of all that lay there."""
    desk.start(step(3))
    (desk.DESK / "chat" / "mine.txt").write_bytes(b"my own\r\n\xff")
    before = everything(desk.DESK)

    save = getattr(desk, verb)(step(3))

    assert everything(save.path) == before
    assert re.fullmatch(r"\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d_step-3(_\d+)?", save.name)
    assert not (desk.DESK / "chat" / "mine.txt").exists()


def test_a_saved_desk_comes_back(room):
    """Restoring puts the saved desk back and saves the one that lay there."""
    desk.start(step(3))
    (desk.DESK / "chat" / "mine.py").write_text("mine = True\n")
    mine = everything(desk.DESK)
    first = desk.start(step(4))

    restored, second = desk.restore(first.name)

    assert restored == first
    assert everything(desk.DESK) == mine
    assert desk.current() == step(3)
    assert {save.name for save in desk.saves()} == {first.name, second.name}


class Crash(BaseException):
    """The machine is switched off."""


def crash_at(moment, monkeypatch):
    """Lets the given number of changes to the disk happen, and no more."""
    done = []

    def counted(change):
        def make(*words, **options):
            if len(done) >= moment:
                raise Crash
            done.append(change)
            return change(*words, **options)

        return make

    monkeypatch.setattr(shutil, "copy", counted(shutil.copy))
    for name in ["rename", "mkdir", "write_text"]:
        monkeypatch.setattr(Path, name, counted(getattr(Path, name)))


def test_a_crash_at_any_moment_leaves_a_whole_desk(room):
    """Wherever a new beginning is cut off, the old desk or the new one is there, and nothing is lost."""
    desk.start(step(2))
    (desk.DESK / "chat" / "mine.py").write_text("mine = True\n")
    old = everything(desk.DESK)
    moment, crashed = 0, True
    while crashed:
        with pytest.MonkeyPatch.context() as patch:
            crash_at(moment, patch)
            try:
                desk.start(step(3))
                crashed = False
            except Crash:
                moment += 1

        desk.current()
        now = everything(desk.DESK)
        if now != old:
            assert set(files(desk.DESK)) >= set(files(step(2).path))
            assert (desk.DESK / "tests" / "test_echo_consumer.py").exists()
            assert old in [everything(save.path) for save in desk.saves()]
            shutil.rmtree(desk.DESK)
            desk.saves()[-1].path.rename(desk.DESK)
        assert not desk.READY.exists()

    assert moment > 10
    assert not desk.BUILDING.exists()


def test_a_full_disk_leaves_the_desk_as_it_was(room, monkeypatch):
    """When there is no room for the new desk, it says so and the old one stays."""
    desk.start(step(2))
    old = everything(desk.DESK)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copy", full)
    with pytest.raises(WorkbookError, match="No space left on device"):
        desk.start(step(3))

    assert everything(desk.DESK) == old
    assert desk.saves() == []


def test_the_commands_name_what_they_saved(classroom):
    """start, saved, restore: each says what was saved, and the command that brings it back."""
    classroom.make("step-2", "start")
    (classroom.work / "chat" / "mine.py").write_text("mine = True\n")
    started = classroom.make("step-3", "start").stdout
    name = re.search(r"saved: (\S+)", started)[1]

    assert f"make restore SAVE={name}" in classroom.make("saved").stdout
    restored = classroom.make("restore", f"SAVE={name}")
    assert name in restored.stdout
    assert (classroom.work / "chat" / "mine.py").read_text() == "mine = True\n"


def test_a_name_that_was_never_saved(classroom):
    """An unknown save is answered with the command that lists them."""
    wrong = classroom.make("restore", "SAVE=yesterday")

    assert wrong.returncode != 0
    assert "yesterday" in wrong.stderr and "→ make saved" in wrong.stderr


def test_what_is_left_to_do(classroom):
    """`make diff` is the way from the desk to the solution, and nothing is left after `make solve`."""
    classroom.make("step-3", "start")
    left = classroom.make("diff").stdout
    classroom.make("solve")

    assert "+++ b/chat/consumers.py" in left
    assert "tests/" not in left
    assert classroom.make("diff").stdout == ""


@pytest.mark.parametrize("verb", ["check", "watch", "hint", "run", "diff", "solve"])
def test_without_a_desk_it_says_how_to_begin(verb, classroom):
    """Every verb of the desk, where there is none, names the command that makes one."""
    nothing = classroom.make(verb)

    assert nothing.returncode != 0
    assert "→ make step-1 start" in nothing.stderr
    assert "Traceback" not in nothing.stderr


def test_a_desk_without_its_mark_is_saved_and_restored(classroom):
    """A desk that has lost its step is still somebody's work: it comes back as it was."""
    classroom.make("step-2", "start")
    (classroom.work / ".step").unlink()
    before = everything(classroom.work)
    name = re.search(r"saved: (\S+)", classroom.make("step-3", "start").stdout)[1]

    restored = classroom.make("restore", f"SAVE={name}")

    assert "unknown" in name
    assert everything(classroom.work) == before
    assert "Traceback" not in restored.stderr


def socket_at(path):
    with socket.socket(socket.AF_UNIX) as new, contextlib.chdir(path.parent):
        new.bind(path.name)  # the whole path is too long for a socket's name


ODD = {
    "an editor's lock": lambda path: path.symlink_to("mona@laptop.123:456"),
    "a link to itself": lambda path: path.symlink_to("."),
    "a named pipe": os.mkfifo,
    "a socket": socket_at,
}


@pytest.mark.parametrize("kind", ODD)
def test_odd_things_are_saved_and_do_not_keep_the_desk_from_coming_back(kind, room):
    """A pipe or a socket has no contents; it stays in what was saved."""
    desk.start(step(2))
    (desk.DESK / "chat" / "mine.py").write_text("mine = True\n")
    ODD[kind](desk.DESK / "chat" / "odd.py")
    before = everything(desk.DESK)

    save = desk.start(step(3))
    desk.restore(save.name)

    assert everything(desk.DESK) == before
    assert os.path.lexists(save.path / "chat" / "odd.py")


def test_a_mark_that_is_no_number_is_no_name(room):
    """What a broken mark says does not become a part of the path under which the desk is saved."""
    desk.start(step(2))
    (desk.DESK / desk.MARK).write_bytes(b"\xff/../../elsewhere")

    save = desk.start(step(3))

    assert save.path.parent == desk.SAVED
    assert save.name.endswith("_step-unknown")


def test_what_was_half_made_is_removed_whatever_it_is(room):
    """A folder that lets nobody in does not get into the next desk."""
    (desk.BUILDING / "locked" / "inside").mkdir(parents=True)
    (desk.BUILDING / "locked").chmod(0)

    desk.start(step(2))

    assert not (desk.DESK / "locked").exists()


def test_a_pass_is_of_the_step_that_was_checked(room, monkeypatch):
    """Also if another exercise is begun before the check has come to its end."""
    monkeypatch.setattr(Progress.__init__, "__defaults__", (room / "state.json",))
    desk.start(step(3))

    def begun_meanwhile(*_):
        desk.start(step(1))
        yield Sheet(step(3), verdict=Verdict(True, None, None, 0, {}, None))

    monkeypatch.setattr(sheet, "sheets", begun_meanwhile)
    list(sheet.attempt(step(3)))

    assert Progress().of(step(3)).passed
    assert not Progress().of(step(1)).passed


def test_two_commands_may_change_the_progress(tmp_path):
    """What one command has written stays when another, begun before, writes too."""
    watch, other = Progress(tmp_path / "state.json"), Progress(tmp_path / "state.json")
    other.solved(step(3))
    watch.passed(step(3))

    assert Progress(tmp_path / "state.json").of(step(3)).help == "the solution"


@pytest.mark.parametrize(
    "mark", ["3\r\n".encode("utf-16"), b"3" * 300, b"../3"], ids=["utf-16", "long", "path"]
)
def test_a_mark_that_is_no_number_hinders_no_step(mark, classroom):
    """Whatever an editor or a shell writes there, a step can be begun, and all is saved."""
    (classroom.solve(step(3)) / ".step").write_bytes(mark)

    assert classroom.make("step-3", "start").returncode == 0
    (save,) = (classroom.path / "saved").iterdir()
    assert save.name.endswith("_step-unknown")
    assert (save / ".step").read_bytes() == mark
