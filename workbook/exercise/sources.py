"""A learner's files, as the known mistakes look into them."""

import io
import tokenize
from pathlib import Path


class Sources:
    """A project's files at one moment: each is read once, when it is first asked for."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.read: dict[Path, str] = {}

    def texts(self, glob: str) -> dict[str, str]:
        """By its path in the project, the text of each file that the glob names."""
        paths = sorted(self.project.glob(glob)) if glob else []
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
