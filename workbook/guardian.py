"""Commands that end with the process that began them, even if that one is killed.

Between the two stands a guardian: this file, run as a script. It holds one end of a pipe; the
other end is closed by whoever began the command, or by the system when that process is gone.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

PATIENCE = 5  # seconds that a command has to end in, before it is killed
GRACE = 2  # seconds that one has to which the terminal has said so itself, before it is told again


@contextmanager
def guarded(command: list[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Starts the command, with Popen's options, and ends it with the block.

    The process given is its guardian, which ends with the command's exit code. In a session of
    its own the command takes along what it has left running.
    On Windows, which hands no pipe on, the command outlives a process that is killed.
    """
    if os.name == "nt":
        with subprocess.Popen(command, **options) as process:
            try:
                yield process
            finally:
                process.terminate()
        return
    ear, mouth = os.pipe()
    guardian = [sys.executable, "-I", "-S", __file__, str(ear), *command]
    with subprocess.Popen(guardian, pass_fds=[ear], **options) as process:
        os.close(ear)
        try:
            yield process
        finally:
            os.close(mouth)


def guard(ear: int, command: list[str]) -> int:
    """Runs the command until it ends or nobody holds the pipe's other end; its exit code."""
    interrupted = threading.Event()
    signal.signal(signal.SIGINT, lambda *_: interrupted.set())
    for name in (signal.SIGHUP, signal.SIGTERM):
        signal.signal(name, lambda *_: None)  # the pipe decides
    alone = os.getsid(0) == os.getpid()
    try:
        child = subprocess.Popen(command, start_new_session=alone)
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", file=sys.stderr)
        return 1
    # From here on it stays pending: a handler may run later than the pipe is seen to be closed.
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    threading.Thread(target=end_with_the_pipe, args=(ear, child, interrupted), daemon=True).start()
    code = child.wait()
    if alone:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    return code if code >= 0 else 128 - code


def end_with_the_pipe(
    ear: int, child: subprocess.Popen[bytes], interrupted: threading.Event
) -> None:
    os.read(ear, 1)
    told = interrupted.is_set() or signal.SIGINT in signal.sigpending()
    if told:  # a second word in the middle of its end would make it complain
        with suppress(subprocess.TimeoutExpired):
            child.wait(GRACE)
    child.terminate()
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()


if __name__ == "__main__":
    sys.exit(guard(int(sys.argv[1]), sys.argv[2:]))
