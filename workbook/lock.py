"""A lock between processes, which the system takes back when its holder ends, however it ends.

Read by any Python from 3.7, as `environment` is: no newer syntax, only the standard library.
"""

import os
import sys
import time
from contextlib import contextmanager
from typing import Any, Callable, Iterator

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

GLANCE = 0.1  # seconds between two tries where the system has no way to wait


@contextmanager
def held(path: Any, waiting: Callable[[], object] = lambda: None) -> Iterator[int]:
    """Holds the lock that the file at `path` is; `waiting` is called once if another holds it.

    The file is made and never removed: who waits has it open. Whoever takes it twice waits for
    itself. Gives the file's descriptor: a child that is handed it holds the lock as well.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if not try_to_take(file):
            waiting()
            take(file)
        try:
            yield file
        finally:
            let_go(file)
    finally:
        os.close(file)


if sys.platform == "win32":

    def try_to_take(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def take(file: int) -> None:
        while not try_to_take(file):
            time.sleep(GLANCE)

    def let_go(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:

    def try_to_take(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)

    def let_go(file: int) -> None:
        """Nothing: the lock goes when the last process closes the file."""
