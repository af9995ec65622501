"""A learner's files, as the known mistakes look into them."""

import io
import re
import tokenize
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path

from workbook.diff import is_left_over, is_read, is_suite, walk


class Sources:
    """A project's files at one moment: each is read once, when it is first asked for."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.read: dict[Path, str] = {}

    @cached_property
    def paths(self) -> list[str]:
        return [path.as_posix() for path in sorted(walk(self.project))]

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Each of the project's own files of code and its templates, as it is on the disk."""
        for suffix in (".py", ".html"):
            for path in self.paths:
                if path.endswith(suffix) and not is_suite(path) and is_read(self.project / path):
                    yield path, (self.project / path).read_bytes()

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
        named = (path for path in self.paths if expression(glob).fullmatch(path))
        paths = [path for path in named if is_read(self.project / path)]
        return {path: self.text(self.project / path) for path in paths}

    def text(self, path: Path) -> str:
        """The file's text, a Python file's without its comments; its lines stay in their places."""
        if path not in self.read:
            text = path.read_text("utf-8", errors="replace")
            self.read[path] = without_comments(text) if path.suffix == ".py" else text
        return self.read[path]


class Own(Sources):
    """A learner's files without the suite beside them."""

    def texts(self, glob: str) -> dict[str, str]:
        found = super().texts(glob).items()
        return {
            path: text
            for path, text in found
            if not is_suite(path) and not is_left_over(Path(path))
        }


@lru_cache
def expression(glob: str) -> re.Pattern[str]:
    """What matches the paths that a glob names."""
    parts = {"**/": "(.*/)?", "*": "[^/]*"}
    signs = re.findall(r"\*\*/|\[\w+\]|.", glob)
    return re.compile(
        "".join(parts.get(sign) or (sign if len(sign) > 1 else re.escape(sign)) for sign in signs)
    )


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
