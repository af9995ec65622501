"""Exceptions that a project itself catches: each of its handlers tells of them as it begins.

The project's modules are compiled with one call more at the beginning of each `except`, on the
handler's own line. Nothing of that is written to the disk.
"""

import ast
import builtins
import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

NAME = "__workbook_caught__"


def watch(project: str, tell: Callable[[BaseException], None]) -> None:
    """From here on `tell` is given what the modules of the project catch."""

    def caught() -> None:
        if error := sys.exception():
            tell(error)

    setattr(builtins, NAME, caught)
    finder = Finder(project)
    sys.meta_path.insert(0, finder)
    suppress: Any = contextlib.suppress
    leave = suppress.__exit__

    def leaving(self: Any, kind: Any, error: Any, traceback: Any) -> Any:
        suppressed = leave(self, kind, error, traceback)
        if suppressed and error and finder.is_own(sys._getframe(1).f_code.co_filename):
            tell(error)
        return suppressed

    suppress.__exit__ = leaving


class Finder:
    """Finds the project's modules as ever, and lets Loader load them."""

    def __init__(self, project: str) -> None:
        self.project = project

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target)
        if spec and type(spec.loader) is SourceFileLoader and self.is_own(spec.origin or ""):
            spec.loader = Loader(spec.loader.name, spec.loader.path)
            return spec
        return None

    def is_own(self, origin: str) -> bool:
        inside = origin.startswith(self.project + os.sep)
        return inside and Path(origin).relative_to(self.project).parts[0] not in ("tests", ".venv")


class Loader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)

    def source_to_code(self, data: Any, path: Any) -> CodeType:  # type: ignore[override]
        tree = ast.parse(data, path)
        for handler in ast.walk(tree):
            if isinstance(handler, ast.ExceptHandler):
                call = ast.Expr(ast.Call(ast.Name(NAME, ast.Load()), [], []))
                for node in ast.walk(call):
                    ast.copy_location(node, handler)
                handler.body.insert(0, call)
        code: CodeType = compile(tree, path, "exec", dont_inherit=True)
        return code
