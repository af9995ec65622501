"""Where the worker's script comes in: makes this interpreter an office, or another's guest."""

import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from workbook.tab import commands, loop

if TYPE_CHECKING:
    from workbook.tab.guest import Guest
    from workbook.tab.office import Office


def office(base: str) -> "Office":
    """`base` is the path under which the site stands."""
    settle()
    from workbook.tab import stepserver
    from workbook.web.practice import editors

    sys.modules["workbook.web.practice.stepserver"] = stepserver
    editors.editors = lambda path, line: []  # none has these files
    from workbook.tab.office import Office

    return Office(base)


def guest(post: Callable[[Any], object]) -> "Guest":
    """`post` tells the office."""
    settle()
    from workbook.tab.guest import Guest

    return Guest(post)


def settle() -> None:
    """Puts what can be had here in the place of threads and processes, before all imports."""
    loop.install()
    subprocess.run = commands.run  # type: ignore[assignment]
    from workbook.tab import guests

    sys.modules["workbook.exercise.processes"] = guests  # before anything of the engine is there
    from workbook.tab import watchman

    sys.modules["workbook.exercise.watchman"] = watchman
