"""Processes that stand in a folder, such as a terminal: they go with it when it is moved."""

import sys
from contextlib import suppress
from pathlib import Path

TELLS = sys.platform.startswith("linux")  # no other system tells where a process stands


def stands_in(folder: Path) -> bool:
    """Whether one may stand there; True where the system does not tell."""
    return not TELLS or any(place.is_relative_to(folder.resolve()) for place in places())


def places() -> list[Path]:
    """The working folders of all processes that may be looked at."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile, or is somebody else's
            found.append((process / "cwd").readlink())
    return found
