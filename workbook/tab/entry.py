"""Where the worker's script comes in: makes this interpreter an office, or another's guest."""

from collections.abc import Callable
from typing import Any

from workbook.tab import loop
from workbook.tab.guest import Guest
from workbook.tab.office import Office


def office(base: str) -> Office:
    """`base` is the path under which the site stands."""
    loop.install()  # again: with the memory came Pyodide's own
    return Office(base)


def guest(post: Callable[[Any], object]) -> Guest:
    """`post` tells the office."""
    loop.install()
    return Guest(post)
