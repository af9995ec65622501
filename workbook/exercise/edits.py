"""Noticing that something on the desk was saved."""

import time
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

from workbook.diff import walk
from workbook.exercise import desk

QUIET = 0.2  # seconds without a save before a check begins
GLANCE = 0.02  # seconds between two looks at the desk

Stamp = frozenset[tuple[str, int, int]]


def unchanged(stamp: Stamp) -> bool:
    return stamp_of(desk.DESK) == stamp


def stamp_of(folder: Path) -> Stamp:
    """What tells one state of the folder's files from another: paths, sizes, times of change."""
    found = set()
    for path in walk(folder):
        with suppress(OSError):  # it has gone while we looked, or may not be looked at
            about = (folder / path).stat()
            if S_ISREG(about.st_mode):
                found.add((path.as_posix(), about.st_size, about.st_mtime_ns))
    return frozenset(found)


def settled() -> Stamp:
    """Waits until nothing on the desk has changed for a while; what lies there then."""
    stamp, since = stamp_of(desk.DESK), time.monotonic()
    while time.monotonic() < since + QUIET:
        time.sleep(GLANCE)
        if not unchanged(stamp):
            stamp, since = stamp_of(desk.DESK), time.monotonic()
    return stamp
