"""The desk and the saves as one zip: what is carried to another machine comes back there whole."""

import io
import zipfile

import pytest

from workbook.errors import WorkbookError
from workbook.exercise import desk, parcel, saves
from workbook.steps import step


@pytest.fixture(autouse=True)
def begun(room):
    desk.start(step(3))
    (desk.DESK / "chat" / "consumers.py").write_text("class Mine: ...\n")


def contents():
    return {
        path.relative_to(desk.DESK).as_posix(): path.read_bytes()
        for path in desk.DESK.rglob("*")
        if path.is_file()
    }


def made(files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def test_a_parcel_lies_where_it_is_unpacked(room):
    """The zip has the folders as they lie beside the workbook, for who opens it by hand."""
    desk.start(step(4))
    with zipfile.ZipFile(io.BytesIO(parcel.packed())) as archive:
        names = archive.namelist()

    assert "work/chat/consumers.py" in names
    assert f"saved/{saves.saves()[0].name}/chat/consumers.py" in names


def test_what_is_packed_comes_back_whole(room):
    """The files, the step that they are of, and the saves; what lay there meanwhile is saved."""
    desk.start(step(4))
    before, kept = contents(), saves.saves()
    packed = parcel.packed()
    saves.remove(saves.SAVED)
    desk.start(step(1))

    save = parcel.unpack(packed)

    assert contents() == before
    assert desk.current() == step(4)
    assert (save.path / "mysite" / "asgi.py").exists()
    assert {each.name for each in kept} <= {each.name for each in saves.saves()}


def test_a_parcel_that_comes_twice_changes_nothing(room):
    """The same exercise lies there, and no save more than one."""
    packed, before = parcel.packed(), contents()
    parcel.unpack(packed)
    parcel.unpack(packed)

    assert contents() == before
    assert len(saves.saves()) == 1


def test_no_save_is_written_over(room):
    """A save of the same name stays as it is."""
    desk.start(step(4))
    packed, save = parcel.packed(), saves.saves()[-1]
    (save.path / "chat" / "consumers.py").write_text("# another\n")

    parcel.unpack(packed)

    assert (save.path / "chat" / "consumers.py").read_text() == "# another\n"


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"work/chat/views.py": "no mark"},
        {"work/.step": "3", "work/../out": ""},
        {"work/.step": "3", "/etc/passwd": ""},
        {"work/.step": "3", "elsewhere/a": ""},
        {"work/.step": "3", "saved/../a": ""},
        {"work/.step": "3", "work/a\\b": ""},
    ],
    ids=["empty", "markless", "out", "absolute", "elsewhere", "beside", "backslash"],
)
def test_what_no_workbook_has_packed_is_refused(room, files):
    """Nothing is written anywhere, least of all where a name leads out."""
    before = contents()

    with pytest.raises(WorkbookError):
        parcel.unpack(made(files))

    assert contents() == before
    assert saves.saves() == []


def test_what_is_no_zip_is_refused(room):
    """Any other file, and a zip that was cut off."""
    for content in (b"", b"PK", parcel.packed()[:-40]):
        with pytest.raises(WorkbookError, match="no zip that a workbook has made"):
            parcel.unpack(content)


def test_what_would_fill_the_disk_is_refused(room):
    """A small zip can hold a lot: what it would become is counted first."""
    with pytest.raises(WorkbookError, match="more than"):
        parcel.unpack(made({"work/.step": "3", "work/big": "0" * (parcel.LARGEST + 1)}))


def test_a_link_is_not_carried(room):
    """It would lead somewhere else on another machine; the rest is."""
    (desk.DESK / "link.py").symlink_to("chat/views.py")

    parcel.unpack(parcel.packed())

    assert not (desk.DESK / "link.py").exists()
    assert (desk.DESK / "chat" / "views.py").exists()
