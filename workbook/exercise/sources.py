"""A learner's files, as the known mistakes look into them."""

import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

from workbook.diff import is_left_over, is_read, is_suite


class Sources:
    """A project's files at one moment: each is read once, when it is first asked for."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.read: dict[Path, str] = {}

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Each of the project's own files of code and its templates, as it is on the disk."""
        for pattern in ("*.py", "*.html"):
            for path in sorted(self.project.rglob(pattern)):
                name = path.relative_to(self.project)
                if is_read(path) and not is_left_over(name) and not is_suite(name.as_posix()):
                    yield name.as_posix(), path.read_bytes()

    def code(self) -> Iterator[tuple[str, str]]:
        """Each of the project's own files of Python that is more than ASCII, without comments."""
        for path, content in self.contents():
            if path.endswith(".py") and not content.isascii():
                yield path, self.text(self.project / path)

    def python(self) -> dict[str, str]:
        """By its path, each of the project's own files of Python."""
        return {
            path: self.text(self.project / path)
            for path, _ in self.contents()
            if path.endswith(".py")
        }

    def has(self, path: str) -> bool:
        return (self.project / path).exists()

    def texts(self, glob: str) -> dict[str, str]:
        """By its path in the project, the text of each file that the glob names."""
        paths = [path for path in sorted(self.project.glob(glob)) if is_read(path)] if glob else []
        return {path.relative_to(self.project).as_posix(): self.text(path) for path in paths}

    def text(self, path: Path) -> str:
        """The file's text, a Python file's without its comments; its lines stay in their places."""
        if path not in self.read:
            text = path.read_text("utf-8", errors="replace")
            self.read[path] = without_comments(text) if path.suffix == ".py" else text
        return self.read[path]


def without_comments(text: str) -> str:
    lines = text.split("\n")
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                row, column = token.start
                lines[row - 1] = lines[row - 1][:column]
    except (tokenize.TokenError, SyntaxError):
        pass  # what cannot be read to its end is looked at as it is
    return "\n".join(lines)
