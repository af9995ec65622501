"""One at a time, and never a lock that nobody holds."""

import subprocess
import sys
from contextlib import contextmanager

from workbook import lock
from workbook.steps import ROOT

HOLDER = """
import sys
from workbook import lock

with lock.held(sys.argv[1], lambda: print("waits", flush=True)):
    print("holds", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(path):
    """Another process that takes the lock and holds it until its input ends."""
    command = [sys.executable, "-c", HOLDER, path]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as process:
        try:
            yield process
        finally:
            process.kill()


def word(process):
    return process.stdout.readline().strip()


def test_the_second_says_that_it_waits_and_comes_after_the_first(tmp_path):
    """The second holder waits, says so once, and goes on when the first has let go."""
    with holder(tmp_path / "lock") as first:
        assert word(first) == "holds"
        with holder(tmp_path / "lock") as second:
            assert word(second) == "waits"
            first.stdin.close()
            assert word(second) == "holds"


def test_a_lock_goes_with_the_process_that_held_it(tmp_path):
    """A holder that is killed leaves its file behind, and not its lock."""
    with holder(tmp_path / "lock") as first:
        assert word(first) == "holds"
        first.kill()
        first.wait()
    waited = []
    with lock.held(tmp_path / "lock", lambda: waited.append(True)):
        assert waited == []


def test_an_error_inside_lets_go(tmp_path):
    """The lock is free again after an error in the block that held it."""
    try:
        with lock.held(tmp_path / "lock"):
            raise ValueError
    except ValueError:
        pass
    waited = []
    with lock.held(tmp_path / "lock", lambda: waited.append(True)):
        assert waited == []
