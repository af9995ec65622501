"""The learner's desk: nothing written there is ever lost."""

import contextlib
import errno
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from tests.support.lacking import STANDERS, kept
from tests.support.servers import eventually
from workbook import exercise, lock
from workbook.diff import files
from workbook.errors import WorkbookError
from workbook.exercise import desk, edits, saves, sheet
from workbook.exercise.progress import Progress
from workbook.exercise.sheet import Sheet, Verdict
from workbook.steps import step


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
    assert {save.name for save in saves.saves()} == {first.name, second.name}


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
            assert old in [everything(save.path) for save in saves.saves()]
            shutil.rmtree(desk.DESK)
            saves.saves()[-1].path.rename(desk.DESK)

    assert moment > 10
    assert not desk.BUILDING.exists()
    assert not desk.READY.exists()


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
    assert saves.saves() == []


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

    assert save.path.parent == saves.SAVED
    assert save.name.endswith("_step-unknown")


def test_what_was_half_made_is_removed_whatever_it_is(room):
    """A folder that lets nobody in does not get into the next desk."""
    (desk.BUILDING / "locked" / "inside").mkdir(parents=True)
    (desk.BUILDING / "locked").chmod(0)

    desk.start(step(2))

    assert not (desk.DESK / "locked").exists()


KEPT_BY_TOOLS = [
    ".git/objects/ab",
    "env/lib/site.py",
    "lib/python3/site-packages/django/apps.py",
    "assets/node_modules/left/index.js",
]


def test_what_tools_keep_is_not_looked_into(room):
    """Neither a diff nor a watch enters it; it is saved and comes back as it is."""
    desk.start(step(2))
    seen, stamp = files(desk.DESK), edits.stamp_of(desk.DESK)
    for path in ("pyvenv.cfg", "env/pyvenv.cfg", *KEPT_BY_TOOLS):
        (desk.DESK / path).parent.mkdir(parents=True, exist_ok=True)
        (desk.DESK / path).write_text("theirs\n")
    before = everything(desk.DESK)

    assert files(desk.DESK).keys() - seen.keys() == {"pyvenv.cfg"}
    assert {path for path, *_ in edits.stamp_of(desk.DESK) - stamp} == {"pyvenv.cfg"}
    desk.restore(desk.start(step(3)).name)
    assert everything(desk.DESK) == before


def looks(desk):
    """All that a page or a command does that only looks."""
    desk.on_desk()
    with contextlib.suppress(WorkbookError):
        desk.seen()
    desk.looked(files)
    saves.saves()


def test_looking_changes_nothing(room):
    """Neither what an interrupted beginning has left, nor what another is just making."""
    desk.start(step(2))
    shutil.copytree(desk.DESK, desk.READY)
    shutil.copytree(desk.DESK, desk.BUILDING)
    before = everything(room)

    looks(desk)
    assert desk.current() == step(2)

    assert everything(room) == before


def test_a_look_sees_the_desk_that_is_about_to_come(room):
    """Between two desks there is a moment without one; an interrupted command makes it a long one."""
    desk.start(step(2))
    desk.DESK.rename(desk.READY)

    assert desk.on_desk() == step(2)
    assert desk.looked(files)
    assert not desk.DESK.exists()
    assert desk.current() == step(2)
    assert desk.DESK.exists()


def test_a_look_at_what_was_interrupted_changes_nothing(room):
    """Where the old desk is put away and the new one has not come, it waits for a command."""
    desk.start(step(2))
    desk.DESK.rename(desk.READY)
    before = everything(room)

    looks(desk)

    assert everything(room) == before


def test_no_desk_is_seen_where_there_is_none(room):
    """Also if the new one comes just between the look at one place and that at the other."""
    desk.start(step(2))
    desk.DESK.rename(desk.READY)
    number = desk.identity(desk.READY)
    looked = desk.identity

    def late(folder):
        """The desk comes after it was looked for in vain."""
        if folder == desk.READY and desk.READY.exists():
            desk.READY.rename(desk.DESK)
        return looked(folder)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk, "identity", late)
        assert desk.lying() == (desk.DESK, number)


def test_a_folder_that_has_the_number_of_another_is_another(room, monkeypatch):
    """The system may give a removed folder's number again: the desk in it is not the same."""
    desk.start(step(2))
    before = desk.identity(desk.DESK)
    clock = room / "clock"

    def has_ticked():
        """Many systems count the moments of files in ticks of some milliseconds."""
        clock.touch()
        return clock.stat().st_ctime_ns > before[-1]

    eventually(has_ticked)
    (desk.DESK / desk.MARK).unlink()
    desk.mark(desk.DESK, step(3))

    after = desk.identity(desk.DESK)

    assert before[0] == after[0] and before != after


def test_a_look_sees_one_desk_alone(room):
    """It looks again where another desk has come meanwhile."""
    desk.start(step(2))
    seen = []

    def look(folder):
        seen.append(files(folder))
        if len(seen) == 1:
            desk.solve(step(3))
        return seen[-1]

    assert "chat/consumers.py" in desk.looked(look)
    assert len(seen) == 2


def test_who_makes_a_desk_holds_the_lock(room):
    """Nobody else begins, or mends what looks interrupted, while a desk is made."""

    def build(folder):
        with desk.LOCK.open() as other:
            assert not lock.try_to_take(other.fileno())
        desk.copy(step(2).path, folder, lambda _: True)
        desk.mark(folder, step(2))

    desk.replace(build)

    assert desk.current() == step(2)


def made_of(text):
    """Builds a desk that has this text in it."""

    def build(folder):
        desk.copy(step(2).path, folder, lambda _: True)
        desk.mark(folder, step(2))
        (folder / "mine.txt").write_text(text)

    return build


def test_many_hands_leave_a_whole_desk(room):
    """Three change it at once, and two look meanwhile: each desk is whole, and none is lost."""
    desk.replace(made_of("first"))
    whole = everything(desk.DESK).keys()
    begin, ended = threading.Barrier(5), threading.Event()

    def hand(name):
        begin.wait()
        for count in range(10):
            desk.replace(made_of(f"{name} {count}"))

    def eye():
        begin.wait()
        seen = []
        while not ended.is_set():
            seen.append(desk.looked(everything).keys())
        return seen

    with ThreadPoolExecutor(5) as people:
        eyes = [people.submit(eye) for _ in range(2)]
        hands = [people.submit(hand, name) for name in "abc"]
        try:
            for each in hands:
                each.result()
        finally:
            ended.set()

    desks = [everything(save.path) for save in saves.saves()] + [everything(desk.DESK)]
    texts = sorted(each["mine.txt"].decode() for each in desks)
    assert texts == sorted(["first", *(f"{name} {count}" for name in "abc" for count in range(10))])
    assert all(each.keys() == whole for each in desks)
    assert all(seen == whole for each in eyes for seen in each.result())


def test_the_old_desk_comes_back_if_the_new_one_cannot_move_in(room, monkeypatch):
    """What the message says is so: the desk is as it was, and nothing lies in `saved`."""
    desk.start(step(2))
    old = everything(desk.DESK)
    rename = Path.rename

    def held_up(path, target):
        if path == desk.READY:
            raise PermissionError(errno.EACCES, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", held_up)
    with pytest.raises(WorkbookError, match="What lay there is as it was"):
        desk.start(step(3))

    assert everything(desk.DESK) == old
    assert saves.saves() == [] and not desk.READY.exists()


def test_the_same_is_not_saved_twice(room):
    """What is begun again unchanged has the save before; any change makes a new one."""
    desk.start(step(2))
    first = desk.start(step(2))
    assert desk.start(step(2)) == first
    assert saves.saves() == [first]
    assert not desk.GOING.exists()

    (desk.DESK / "manage.py").chmod(0o600)
    second = desk.start(step(2))
    (desk.DESK / "link").symlink_to("here")
    third = desk.start(step(2))
    (desk.DESK / "link").symlink_to("gone")
    fourth = desk.start(step(2))
    assert saves.saves() == [first, second, third, fourth]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells where a process stands")
def test_what_somebody_stands_in_is_kept_though_it_is_the_same(room):
    """An editor in that terminal may still write there."""
    desk.start(step(2))
    first = desk.start(step(2))
    with subprocess.Popen(["sleep", "60"], cwd=desk.DESK) as terminal:
        second = desk.start(step(2))
        terminal.kill()

    assert [first.name, second.name] == [save.name for save in saves.saves()]
    assert second.is_stood_in


def test_what_is_written_at_the_last_moment_is_saved(room, monkeypatch):
    """The same is looked for when the desk has been put away: what was written until then counts."""
    desk.start(step(2))
    desk.start(step(2))
    put_away = desk.put_away

    def late(folder, number):
        (folder / "mine.py").write_text("mine = True\n")
        return put_away(folder, number)

    monkeypatch.setattr(desk, "put_away", late)
    save = desk.start(step(2))

    assert (save.path / "mine.py").read_text() == "mine = True\n"


def test_the_same_as_an_older_save_is_the_newest_save(room):
    """Without a name `make restore` brings back what lay there last."""
    desk.start(step(2))
    old = desk.solve(step(2))
    between = desk.restore(old.name)[1]
    newest = desk.solve(step(2))

    assert [old, between, newest] == saves.saves()
    assert everything(old.path) == everything(newest.path)


def test_a_save_that_is_removed_is_never_seen_in_part(room, monkeypatch):
    """It goes under the lock, and is no save any more when the first of it is removed."""
    for number in (2, 3, 4, 5):
        desk.start(step(number))
    newest, seen = saves.saves()[-1], []

    def remove(folder):
        with desk.LOCK.open() as other:
            assert not lock.try_to_take(other.fileno())
        seen.append(saves.saves())
        shutil.rmtree(folder)

    monkeypatch.setattr(saves, "remove", remove)
    assert len(desk.thin(1)) == 2

    assert [len(each) for each in seen] == [2, 1]
    assert saves.saves() == [newest]


@pytest.mark.parametrize("target", ["elsewhere", "nowhere"])
def test_a_link_in_place_of_work_is_refused(target, room):
    """Only the link would be saved; what it leads to stays as it is."""
    (room / "elsewhere").mkdir()
    desk.DESK.symlink_to(room / target)

    with pytest.raises(WorkbookError, match="is a link"):
        desk.start(step(2))

    assert desk.DESK.is_symlink() and not saves.SAVED.exists()


def test_a_file_in_place_of_work_is_refused(room):
    """It stays where it is: `saved` has desks alone."""
    desk.DESK.write_text("mine\n")

    with pytest.raises(WorkbookError, match="is a file"):
        desk.start(step(2))

    assert desk.DESK.read_text() == "mine\n" and not saves.SAVED.exists()


class Clock(datetime):
    """A clock that stands still, at the hour that is set."""

    hour_set = 3

    @classmethod
    def now(cls, tz=None):
        return cls(2026, 10, 25, cls.hour_set)


def changed_and_begun(number):
    (desk.DESK / "mine.txt").write_text(f"{len(saves.saves())}")
    return desk.start(step(number))


def test_the_newest_save_is_the_last_that_was_made(room, monkeypatch):
    """Also of twelve in one second, of two steps in one, and when the clock has gone back."""
    monkeypatch.setattr(saves, "datetime", Clock)
    desk.start(step(2))
    made = [changed_and_begun(2 + count % 2) for count in range(12)]
    Clock.hour_set = 2
    made += [changed_and_begun(2), changed_and_begun(1)]

    assert [save.name for save in saves.saves()] == [save.name for save in made]
    assert desk.restore("")[0].name == made[-1].name


def test_saves_are_thinned_when_it_is_asked(classroom):
    """Their sizes are shown; the newest stay, and what was removed is named."""
    for number in (2, 3, 4):
        classroom.make(f"step-{number}", "start")
    old, new = sorted(path.name for path in (classroom.path / "saved").iterdir())

    listed = classroom.make("saved").stdout
    thinned = classroom.make("saved", "KEEP=1").stdout

    assert re.search(rf"{old}  \d+ kB", listed) and re.search(rf"{new}  \d+ kB", listed)
    assert f"removed: {old}" in thinned and f"removed: {new}" not in thinned
    assert [path.name for path in (classroom.path / "saved").iterdir()] == [new]


@pytest.mark.skipif(sys.platform != "linux", reason=kept(STANDERS))
def test_a_terminal_in_work_is_told_that_it_has_moved(classroom):
    """It stands in what was saved; without one nothing is said."""
    classroom.make("step-2", "start")
    said = "stands in work"
    with subprocess.Popen(["sleep", "60"], cwd=classroom.work) as terminal:
        moved = classroom.make("step-2", "start").stdout
        terminal.kill()

    assert said in moved
    assert said not in classroom.make("step-2", "start").stdout


def a_check_of_two_desks(*outcomes):
    """A check during which step 1 is begun; it passes or not, as do those that follow it."""
    outcomes = iter(outcomes)

    def checked(step_of, project, *_):
        if project == desk.DESK:
            desk.start(step(1))
        yield Sheet(step_of, verdict=Verdict(next(outcomes), None, None, 0, {}, None))

    return checked


def test_a_pass_is_of_the_step_that_was_checked(room, monkeypatch):
    """If another exercise is begun meanwhile, the desk that was there is checked where it lies."""
    monkeypatch.setattr(Progress.__init__, "__defaults__", (room / "state.json",))
    monkeypatch.setattr(sheet, "checked", a_check_of_two_desks(True, True))
    desk.start(step(3))

    list(sheet.attempt(step(3)))

    assert Progress().of(step(3)).passed
    assert not Progress().of(step(1)).passed


@pytest.mark.parametrize("lying", [3, 4], ids=["begun meanwhile", "there no more"])
def test_another_desks_pass_is_no_pass(lying, room, monkeypatch):
    """Neither of one that came during the check, nor of one that lay there when it began."""
    monkeypatch.setattr(Progress.__init__, "__defaults__", (room / "state.json",))
    monkeypatch.setattr(sheet, "checked", a_check_of_two_desks(True, False))
    desk.start(step(lying))

    with pytest.raises(WorkbookError, match="Another exercise"):
        list(sheet.attempt(step(3)))

    assert not Progress().of(step(3)).passed


def test_progress_on_a_full_disk_loses_nothing(room, monkeypatch):
    """What was saved is named, what was known of the progress stays, and nothing lies about."""
    monkeypatch.setattr(Progress.__init__, "__defaults__", (room / "state.json",))
    exercise.begin(step(2))
    before = (room / "state.json").read_bytes()

    def full(path, *_):
        path.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(desk, "mark", lambda *_: None)
        patch.setattr(Path, "write_text", full)
        with pytest.raises(WorkbookError, match=r"No space left.*saved: .*_step-2"):
            exercise.solve(step(2))

    assert (room / "state.json").read_bytes() == before
    assert {path.name for path in room.glob("state*")} == {"state.json", "state.lock"}


def test_no_change_of_the_progress_is_lost(tmp_path):
    """Of many hints that are shown at once each counts."""
    path, begin = tmp_path / "state.json", threading.Barrier(4)

    def hand(_):
        begin.wait()
        return [Progress(path).next_depth(step(3), "check", 100) for _ in range(10)]

    with ThreadPoolExecutor(4) as people:
        depths = [depth for each in people.map(hand, range(4)) for depth in each]

    assert sorted(depths) == list(range(40))


def test_a_look_at_an_unreadable_progress_leaves_it_there(tmp_path):
    """A page only looks; whoever writes sets it aside, once, and nobody what was written since."""
    path = tmp_path / "state.json"
    path.write_text("{half")
    looker, other = Progress(path), Progress(path)

    assert path.read_text() == "{half"
    other.solved(step(3))
    looker.begun(step(4))

    assert looker.set_aside is None
    assert other.set_aside.read_text() == "{half"
    assert Progress(path).of(step(3)).solved and Progress(path).of(step(4)).begun


def test_a_progress_that_may_not_be_read_now_is_not_set_aside(tmp_path, monkeypatch):
    """Another program may hold the file for a moment: what it holds is not given up for that."""
    path = tmp_path / "state.json"
    Progress(path).solved(step(3))

    def busy(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_text", busy)
        with pytest.raises(WorkbookError, match="Permission denied"):
            Progress(path).begun(step(4))

    assert Progress(path).of(step(3)).solved


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
