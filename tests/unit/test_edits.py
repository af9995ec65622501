"""What is taken for a save."""

import os

import pytest

from workbook.exercise.edits import stamp_of


@pytest.fixture
def locked(tmp_path):
    """A folder whose files can be listed and not be looked at, before all others."""
    path = tmp_path / "a_locked"
    path.mkdir()
    (path / "file").touch()
    path.chmod(0o400)
    yield path
    path.chmod(0o700)


def test_a_save_is_seen_beside_what_may_not_be_looked_at(tmp_path, locked):
    """A folder without permission hides no other."""
    before = stamp_of(tmp_path)
    (tmp_path / "consumers.py").write_text("accept")

    assert stamp_of(tmp_path) != before


def test_what_is_no_file_is_no_save(tmp_path):
    """A pipe, an editor's lock and a folder change nothing, and nobody waits for them."""
    before = stamp_of(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / ".#consumers.py").symlink_to("mona@laptop.123:456")
    (tmp_path / "consumers.py").mkdir()

    assert stamp_of(tmp_path) == before
