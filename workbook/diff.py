"""What lies between two trees of files."""

import difflib
import io
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

LARGEST = 2**20  # bytes
LEFT_OVER = {
    ".DS_Store",
    ".experiments",
    ".idea",
    ".pytest_cache",
    ".step",
    ".vscode",
    "__pycache__",
}
TOOLS = {
    ".git",
    ".hg",
    ".mypy_cache",
    ".ruff_cache",
    ".tox",
    "node_modules",
    "site-packages",  # of an environment that was made on the desk itself
}


@dataclass(frozen=True)
class FileChange:
    """A file that differs between two trees; `before` or `after` is None where it is not there."""

    path: str
    before: str | None
    after: str | None

    @property
    def is_lesson(self) -> bool:
        """Whether a learner writes it; the suite and its configuration are given."""
        return not is_suite(self.path)

    @property
    def lines(self) -> list[str]:
        """The hunks of the unified diff, without the file's header."""
        before, after = (io.StringIO(text).readlines() for text in (self.before, self.after))
        return list(difflib.unified_diff(before, after))[2:]

    @property
    def added(self) -> int:
        return sum(line.startswith("+") for line in self.lines)

    @property
    def removed(self) -> int:
        return sum(line.startswith("-") for line in self.lines)

    @property
    def patch(self) -> str:
        """What `git apply` and `patch -p1` take."""
        header = [f"diff --git a/{self.path} b/{self.path}\n"]
        if self.before is None:
            header.append("new file mode 100644\n")
        if self.after is None:
            header.append("deleted file mode 100644\n")
        if self.lines:
            header.append("--- /dev/null\n" if self.before is None else f"--- a/{self.path}\n")
            header.append("+++ /dev/null\n" if self.after is None else f"+++ b/{self.path}\n")
        return "".join(header + [ended(line) for line in self.lines])


def is_suite(path: str) -> bool:
    return path.startswith("tests/") or path == "pytest.ini"


def is_made(path: str) -> bool:
    """Whether a tool made the file from others: nobody reads it."""
    return path == "tests/document.js"


def ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def everything(path: str) -> bool:
    return True


def changes(
    before: Path, after: Path, wanted: Callable[[str], bool] = everything
) -> list[FileChange]:
    """What turns the tree `before` into the tree `after`: the lesson first, then the suite."""
    old, new = files(before, wanted), files(after, wanted)
    paths = sorted(old.keys() | new.keys(), key=lambda path: (is_suite(path), path))
    return [
        FileChange(path, old.get(path), new.get(path))
        for path in paths
        if old.get(path) != new.get(path) and not is_made(path)
    ]


def is_left_over(path: Path) -> bool:
    """Whether running, testing or an editor left it there: it is nobody's work."""
    return (
        bool(LEFT_OVER.intersection(path.parts))
        or path.name.startswith("db.sqlite3")  # and SQLite's journal beside it
        or path.name.endswith(("~", ".swp"))
    )


def files(folder: Path, wanted: Callable[[str], bool] = everything) -> dict[str, str]:
    """Each wanted file's text by its path, but for what is left over and what lies elsewhere."""
    found = {}
    for path in sorted(walk(folder)):
        with suppress(OSError):  # it has gone while we looked
            if wanted(path.as_posix()) and is_read(folder / path) and is_inside(folder, path):
                content = (folder / path).read_bytes()
                found[path.as_posix()] = content.decode(errors="surrogateescape")
    return found


def walk(folder: Path) -> Iterator[Path]:
    """The path of each file from the folder on, but for what is left over and what tools keep."""
    for parent, folders, names in os.walk(folder):
        here = Path(parent).relative_to(folder)
        if "pyvenv.cfg" in names and here.name:
            folders.clear()
            continue
        folders[:] = [name for name in folders if name not in LEFT_OVER | TOOLS]
        for path in (here / name for name in names):
            if not is_left_over(path):
                yield path


def is_read(path: Path) -> bool:
    """A folder may be called like a file, and a file may be larger than anybody writes one."""
    try:
        about = path.stat()
    except OSError:
        return False
    return S_ISREG(about.st_mode) and about.st_size <= LARGEST and os.access(path, os.R_OK)


def is_inside(folder: Path, path: Path) -> bool:
    """Whether it is no link that leads out of the folder: what lies there is nobody else's."""
    try:
        return (folder / path).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # it leads to itself
        return False
