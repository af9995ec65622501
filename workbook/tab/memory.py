"""What every interpreter of a tab begins with: it is imported once, and handed on as memory.

Django takes as long to compile as all the rest: meanwhile, in a first visit, another does it.
"""

import gc
import marshal
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from types import CodeType

from workbook.tab import commands, loop


def begin() -> None:
    """Imports what needs no Django, after what is here in the place of processes and threads."""
    settle()
    from workbook.tab import guest  # noqa: F401


def settle() -> None:
    loop.install()
    subprocess.run = commands.run  # type: ignore[assignment]
    from workbook.tab import guests

    sys.modules["workbook.exercise.processes"] = guests  # before anything of the engine is there
    from workbook.tab import watchman

    sys.modules["workbook.exercise.watchman"] = watchman
    from workbook.tab import news, stepserver
    from workbook.web.practice import editors

    sys.modules["workbook.web.practice.news"] = news
    sys.modules["workbook.web.practice.stepserver"] = stepserver
    editors.editors = lambda path, line: []  # none has these files


def fill(compiled: bytes) -> None:
    """Imports the rest of what any of them needs: most of it is compiled already, or nothing."""
    if compiled:
        take(marshal.loads(compiled))
    from workbook.exercise import preload  # noqa: F401
    from workbook.tab import office  # noqa: F401
    from workbook.web import urls  # noqa: F401
    from workbook.web.practice import routing  # noqa: F401

    gc.freeze()


def take(codes: dict[str, CodeType | None]) -> None:
    """Some of them are imported later, when a project's settings are known."""
    own = SourceFileLoader.get_code

    def get_code(loader: SourceFileLoader, fullname: str) -> CodeType | None:
        return codes.pop(loader.path, None) or own(loader, fullname)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign, assignment]
