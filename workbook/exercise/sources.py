"""A learner's files, as the known mistakes look into them."""

import ast
import builtins
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path

from workbook.diff import is_left_over, is_read, is_suite, walk

PAGE_COMMENT = re.compile(r"<!--[\s\S]*?-->")
LONGEST = 20_000  # characters; in more, an expression that looks far might search for seconds


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


class Uniform(Own):
    """A learner's files in one style: Python as Python itself writes it, pages without comments.

    What is very long, cannot be read, uses a name that nothing gives, or imports what is nowhere,
    is empty: no good is known of it.
    """

    def __init__(self, project: Path) -> None:
        super().__init__(project)
        self.written: dict[Path, str] = {}

    def text(self, path: Path) -> str:
        if path not in self.written:
            text = super().text(path)
            self.written[path] = "" if len(text) > LONGEST else self.plain(text, path)
        return self.written[path]

    def plain(self, text: str, path: Path) -> str:
        if path.suffix != ".py":
            return PAGE_COMMENT.sub("", text)
        if "\ufffd" in text:  # which is read in place of what is no UTF-8
            return ""
        try:
            tree = ast.parse(text)
            return "" if nameless(tree) or self.lacks(tree, path) else ast.unparse(tree)
        except (SyntaxError, ValueError, ImportError, IndexError, RecursionError, MemoryError):
            return ""

    def lacks(self, tree: ast.AST, path: Path) -> bool:
        """Whether the file imports a module that is neither the project's nor installed."""
        return not all(self.finds(module, path) for module in imported(tree))

    def finds(self, module: str, path: Path) -> bool:
        name = module.lstrip(".")
        above = len(module) - len(name)
        folder = path.parents[above - 1] if above else self.project
        target = folder / name.replace(".", "/")
        if above or (folder / name.partition(".")[0]).exists():
            return target.is_dir() or target.with_name(f"{target.name}.py").is_file()
        top = name.partition(".")[0]
        return (folder / f"{top}.py").exists() or find_spec(top) is not None


def imported(tree: ast.AST) -> Iterator[str]:
    """The modules that are imported, each dot at the beginning for one folder up."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or node.level == 0):
            yield "." * node.level + (node.module or "")
        elif isinstance(node, ast.ImportFrom):
            yield from ("." * node.level + alias.name for alias in node.names)


def nameless(tree: ast.AST) -> set[str]:
    """The names that are used in a file and given nowhere in it."""
    given, used = {*dir(builtins), "__file__"}, set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            used.add(node.id)
        given.update(names_given(node))
    return set() if "*" in given else used - given


def names_given(node: ast.AST) -> list[str]:
    """The names that this one piece of code makes; `*` is all of another module's."""
    match node:
        case ast.Name(id=name, ctx=ast.Store()):
            return [name]
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.alias(name=name, asname=other):
            return [other or name.partition(".")[0]]
        case ast.arg(arg=name):
            return [name]
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
            return [name]
        case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
            return [name]
    return []


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
