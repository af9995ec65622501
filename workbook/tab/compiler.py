"""Compiles modules for another interpreter, which imports meanwhile what does not need them."""

import marshal
from importlib.machinery import SourceFileLoader
from pathlib import Path


def compiled(*folders: Path) -> bytes:
    """The code of all modules in the folders, by their paths; `memory.fill` takes it."""
    paths = [
        str(path)
        for folder in folders
        for path in folder.rglob("*.py")
        if "admin" not in path.relative_to(folder).parts  # no step has its pages
    ]
    return marshal.dumps({path: SourceFileLoader("", path).get_code("") for path in paths})
