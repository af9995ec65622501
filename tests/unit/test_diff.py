from pathlib import Path

import pytest

from workbook.diff import FileChange, changes, is_left_over


def tree(folder, files):
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_changes_are_the_lesson_first_and_then_the_suite(tmp_path):
    """What is the same, or left over, is no change; what is not UTF-8 is compared all the same."""
    before = {"a.py": b"1", "same.py": b"", "tests/b.py": b"1", "urls.py": b"\xff"}
    after = {"same.py": b"", "pytest.ini": b"", "urls.py": b"\xfe", "db.sqlite3": b""}

    found = changes(tree(tmp_path / "before", before), tree(tmp_path / "after", after))

    assert [(each.path, each.before is None, each.after is None) for each in found] == [
        ("a.py", False, True),
        ("urls.py", False, False),
        ("pytest.ini", True, False),
        ("tests/b.py", False, True),
    ]
    assert [each.is_lesson for each in found] == [True, True, False, False]


PATCHES = {  # before, after, and what stands below the patch's first line
    "a changed line": ("a\nb\n", "a\nB\n", "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\n+B\n"),
    "a new file": (None, "a\n", "new file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+a\n"),
    "a new empty file": (None, "", "new file mode 100644\n"),
    "a deleted file": (
        "a\n", None, "deleted file mode 100644\n--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n",
    ),
    "no newline at the end": (
        "a", "b\n", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", PATCHES)
def test_a_change_is_written_as_git_does(kind):
    before, after, patch = PATCHES[kind]

    assert FileChange("x", before, after).patch == f"diff --git a/x b/x\n{patch}"


def test_the_lines_that_came_and_went_are_counted():
    change = FileChange("x", "a\nb\nc\n", "a\nC\nD\nE\n")

    assert (change.added, change.removed) == (3, 2)


LEFT_OVER = [".step", "chat/__pycache__/views.pyc", "db.sqlite3-journal", "a.py~", ".a.py.swp"]


@pytest.mark.parametrize("path", [*LEFT_OVER, "chat/views.py", "chat/step.py"])
def test_what_running_and_editing_leave_is_nobodys_work(path):
    assert is_left_over(Path(path)) == (path in LEFT_OVER)
