"""What every interpreter of a tab begins with: it is imported once, and handed on as memory."""

import gc
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType

import django

from workbook.tab import commands, loop

# They can be imported only when a project's settings are known.
OF_PROJECTS = [
    "conf/urls/*.py",
    "contrib/auth/**/*.py",
    "contrib/contenttypes/**/*.py",
    "contrib/messages/**/*.py",
    "contrib/sessions/**/*.py",
    "contrib/sites/*.py",
    "contrib/staticfiles/**/*.py",
    "core/asgi.py",
    "core/cache/**/*.py",
    "core/management/commands/*migrat*.py",
    "core/management/utils.py",
    "db/migrations/**/*.py",
    "db/models/sql/compiler.py",
    "middleware/*.py",
    "templatetags/*.py",
    "utils/copy.py",
    "utils/translation/*.py",
    "views/**/*.py",
]
codes: dict[str, CodeType | None] = {}


def fill() -> None:
    """Imports what any of them needs, after what is here in the place of processes and threads."""
    settle()
    from workbook.exercise import preload  # noqa: F401
    from workbook.tab import guest, office  # noqa: F401
    from workbook.web import urls  # noqa: F401
    from workbook.web.practice import routing  # noqa: F401

    compile_ahead()
    gc.freeze()


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


def compile_ahead() -> None:
    """Compiles modules that are imported later."""
    for pattern in OF_PROJECTS:
        for path in map(str, Path(django.__file__).parent.glob(pattern)):
            codes[path] = SourceFileLoader("", path).get_code("")
    own = SourceFileLoader.get_code

    def get_code(loader: SourceFileLoader, fullname: str) -> CodeType | None:
        return codes.get(loader.path) or own(loader, fullname)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign, assignment]
