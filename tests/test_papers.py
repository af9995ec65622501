"""The desk's files in an editor: what was not read is not written over, and nothing leads out."""

import os
import socket
from pathlib import Path

import pytest

from workbook.errors import WorkbookError
from workbook.exercise import desk, papers
from workbook.steps import step

THIRD = step(3)
VIEWS = "chat/views.py"


@pytest.fixture(autouse=True)
def begun(room):
    """Step 3, begun on a desk of the test's."""
    desk.start(THIRD)


def marks():
    return {paper.path: paper.mark for paper in papers.papers(THIRD) if paper.mark}


def test_what_the_learner_changed_is_marked(room):
    """A file that the step before has not is new, one that differs from it is changed."""
    assert marks() == {}
    papers.write(THIRD, "chat/consumers.py", "new = True\n", "")
    papers.write(THIRD, VIEWS, "changed = True\n", papers.read(VIEWS).version)

    assert marks() == {"chat/consumers.py": "new", VIEWS: "changed"}


def test_a_new_project_has_no_marks(room):
    """What startproject makes is what step 1 begins with."""
    desk.start(step(1))

    assert {paper.mark for paper in papers.papers(step(1))} == {""}


def test_the_suite_comes_last_and_is_not_written(room):
    """What checks the exercise can be read, and is given."""
    found = papers.papers(THIRD)
    given = [paper.path for paper in found if paper.is_given]

    assert [paper.path for paper in found][-len(given) :] == given
    assert "tests/document.js" not in given
    with pytest.raises(WorkbookError):
        papers.write(THIRD, given[0], "", papers.read(given[0]).version)


def test_between_two_desks_a_page_is_told_of_the_next(room, monkeypatch):
    """The old one is put away, and the new one lies beside: pages look ten times a second."""
    move_in = desk.move_in

    def looks():
        read = papers.read("chat/consumers.py")
        return desk.step_and_identity(), papers.papers(step(4)), read

    def looked_at(save):
        between.append(looks())
        move_in(save)

    between = []
    monkeypatch.setattr(desk, "move_in", looked_at)
    desk.start(step(4))

    assert between == [looks()]


def test_a_text_comes_back_as_it_was_written(room):
    """Arabic, signs beyond the first plane and no last line end are kept, and the mode of the file."""
    place = desk.DESK / VIEWS
    place.chmod(0o640)
    paper = papers.write(THIRD, VIEWS, "أهلًا 🎉\nلا آخر", papers.read(VIEWS).version)

    assert papers.read(VIEWS) == paper
    assert place.read_bytes() == "أهلًا 🎉\nلا آخر".encode()
    assert place.stat().st_mode & 0o777 == 0o640


def test_lines_end_as_they_did(room):
    """Who saves on Windows does not find every line changed."""
    (desk.DESK / VIEWS).write_bytes(b"one\r\ntwo\r\n")
    read = papers.read(VIEWS)
    papers.write(THIRD, VIEWS, read.text + "three\n", read.version)

    assert read.text == "one\ntwo\n"
    assert (desk.DESK / VIEWS).read_bytes() == b"one\r\ntwo\r\nthree\r\n"


@pytest.mark.parametrize("meanwhile", ["theirs = True\n", None])
def test_what_was_not_read_is_not_written_over(room, meanwhile):
    """A file that was changed or removed elsewhere stays so, and the editor is given it."""
    place = desk.DESK / VIEWS
    version = papers.read(VIEWS).version
    place.unlink() if meanwhile is None else place.write_text(meanwhile)

    with pytest.raises(papers.Newer) as told:
        papers.write(THIRD, VIEWS, "mine = True\n", version)

    assert told.value.paper == papers.read(VIEWS)
    assert place.exists() == (meanwhile is not None)
    papers.write(THIRD, VIEWS, "mine = True\n", told.value.paper.version)
    assert place.read_text() == "mine = True\n"


def test_a_new_file_takes_nobodys_place(room):
    """Who makes a file where one lies is given that one."""
    with pytest.raises(papers.Newer):
        papers.write(THIRD, VIEWS, "", "")
    assert papers.read(VIEWS).text


def test_nothing_is_written_on_another_steps_desk(room):
    """What was typed for step 3 does not land in step 4, which was begun elsewhere."""
    version = papers.read(VIEWS).version
    desk.start(step(4))

    for act in [
        lambda: papers.write(THIRD, VIEWS, "mine = True\n", version),
        lambda: papers.rename(THIRD, VIEWS, "chat/other.py"),
        lambda: papers.remove(THIRD, VIEWS),
    ]:
        with pytest.raises(WorkbookError, match="step-3 is not in work"):
            act()
    assert papers.read(VIEWS).version == version


def test_a_removed_file_is_saved_first(room):
    """The desk as it was can be restored."""
    text = papers.read(VIEWS).text
    save = papers.remove(THIRD, VIEWS)

    assert not (desk.DESK / VIEWS).exists()
    assert (save.path / VIEWS).read_text() == text
    desk.restore(save.name)
    assert papers.read(VIEWS).text == text


def test_a_version_that_gives_way_is_kept(room):
    """A text for which there is no room on the desk is saved with all around it."""
    before = papers.read(VIEWS)
    save = papers.keep(THIRD, VIEWS, "mine = True\n")

    assert papers.read(VIEWS) == before
    assert (save.path / VIEWS).read_text() == "mine = True\n"
    assert (save.path / "manage.py").exists()


def test_a_renamed_file_keeps_its_text(room):
    """It may go to a folder that is new, but not where another file lies."""
    text = papers.read(VIEWS).text
    papers.rename(THIRD, VIEWS, "chat/rooms/pages.py")

    assert papers.read("chat/rooms/pages.py").text == text
    assert papers.read(VIEWS).version == ""
    with pytest.raises(WorkbookError, match="already"):
        papers.rename(THIRD, "chat/rooms/pages.py", "chat/urls.py")


OUT = [
    "../saved/x.py",
    "chat/../../x.py",
    "/etc/passwd",
    "C:\\x.py",
    "chat\\views.py",
    "",
    "chat//views.py",
    "./manage.py",
    "a\0b",
    "a\nb.py",
    "out/x.py",
    "out.py",
    "CON:x",
]


@pytest.mark.parametrize("path", OUT)
def test_no_path_leads_out(room, path):
    """Neither dots nor links nor another system's signs reach what is not the desk's."""
    outside = room / "outside"
    outside.mkdir()
    (outside / "x.py").write_text("outside = True\n")
    (desk.DESK / "out").symlink_to(outside)
    (desk.DESK / "out.py").symlink_to(outside / "x.py")
    before = sorted(room.rglob("*"))

    for act in [
        lambda: papers.read(path),
        lambda: papers.write(THIRD, path, "mine = True\n", ""),
        lambda: papers.rename(THIRD, VIEWS, path),
        lambda: papers.remove(THIRD, path),
    ]:
        with pytest.raises(WorkbookError):
            act()
    assert sorted(room.rglob("*")) == before
    assert (outside / "x.py").read_text() == "outside = True\n"


def test_tools_and_marks_are_not_written(room):
    """The file that holds the step's number, a repository's own and a cache are nobody's to edit."""
    for path in [".step", "chat/__pycache__/x.pyc", ".vscode/settings.json"]:
        with pytest.raises(WorkbookError):
            papers.write(THIRD, path, "", "")


def test_odd_things_are_listed_and_not_opened(room):
    """What is large, binary, a pipe or a socket does no harm; what is no text says so."""
    (desk.DESK / "large.py").write_bytes(b" " * (500_001))
    (desk.DESK / "picture.png").write_bytes(b"\x89PNG\0")
    (desk.DESK / "cp1256.py").write_bytes("أهلًا".encode("cp1256"))
    os.mkfifo(desk.DESK / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(desk.DESK)
        listener.bind("socket")
        os.chdir(here)
        found = {paper.path: paper for paper in papers.papers(THIRD)}

    assert {"large.py", "picture.png", "cp1256.py"} <= found.keys()
    assert not {"pipe", "socket"} & found.keys()
    assert all(found[name].refused for name in ["large.py", "picture.png", "cp1256.py"])
    with pytest.raises(WorkbookError):
        papers.write(THIRD, "mine.py", " " * (500_001), "")


def test_what_cannot_be_read_is_not_written_over(room):
    """Whoever has not seen a large or a binary file does not replace it, whatever they say."""
    (desk.DESK / "large.py").write_bytes(b" " * 500_001)
    (desk.DESK / "picture.png").write_bytes(b"\x89PNG\0")
    for path in ["large.py", "picture.png"]:
        with pytest.raises(papers.Newer):
            papers.write(THIRD, path, "mine = True\n", papers.read(path).version)
    assert (desk.DESK / "picture.png").read_bytes() == b"\x89PNG\0"


def test_a_link_in_place_of_the_half_written_file_leads_nowhere(room):
    """What an interrupted save has left, or somebody laid there, is not written through."""
    outside = room / "outside.py"
    outside.write_text("outside = True\n")
    papers.BESIDE.symlink_to(outside)
    papers.write(THIRD, VIEWS, "mine = True\n", papers.read(VIEWS).version)

    assert outside.read_text() == "outside = True\n"
    assert papers.read(VIEWS).text == "mine = True\n"


def test_an_oddly_named_file_hides_no_other(room):
    """A colon, a line end, a byte that is no UTF-8, a link to itself: the rest is listed all the same."""
    names = ["a:b.py", "a\nb.py", "a?.py"]
    for name in names:
        (desk.DESK / name).write_text("odd = True\n")
    (Path(os.fsdecode(os.fsencode(desk.DESK) + b"/\xff.py"))).write_text("odd = True\n")
    (desk.DESK / "loop.py").symlink_to("loop.py")

    found = [paper.path for paper in papers.papers(THIRD)]
    assert VIEWS in found
    assert not {*names, "loop.py"} & {*found}


def test_half_a_sign_is_kept(room):
    """What a page may send and UTF-8 cannot hold is refused, and nothing is lost."""
    before = papers.read(VIEWS)
    with pytest.raises(WorkbookError):
        papers.write(THIRD, VIEWS, "\ud800", before.version)
    assert papers.read(VIEWS) == before
