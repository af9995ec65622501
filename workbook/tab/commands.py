"""`python -c …`, which a suite asks for, in this interpreter: there are no processes here."""

import contextlib
import io
import os
import subprocess
import sys
import traceback
from collections.abc import Iterator, Mapping
from typing import Any

OF_THE_PROJECT = ("mysite", "chat", "django.conf")  # modules that such a command imports anew


def run(
    command: list[str], env: Mapping[str, str] | None = None, **how: Any
) -> "subprocess.CompletedProcess[str]":
    """What `subprocess.run` gives; an OSError for any other program."""
    if command[:2] != [sys.executable, "-c"]:
        raise OSError("there are no processes in a browser's tab")
    said, complained, code = io.StringIO(), io.StringIO(), 0
    with apart(env), contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
        try:
            exec(command[2], {"__name__": "__main__"})
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else int(bool(error.code))
        except BaseException:
            traceback.print_exc()
            code = 1
    return subprocess.CompletedProcess(command, code, said.getvalue(), complained.getvalue())


@contextlib.contextmanager
def apart(env: Mapping[str, str] | None) -> Iterator[None]:
    """As in a process of its own: with its environment, and without what was imported here."""
    environment, modules = dict(os.environ), dict(sys.modules)
    os.environ.clear()
    os.environ.update(environment if env is None else env)
    for name in [name for name in modules if name.startswith(OF_THE_PROJECT)]:
        del sys.modules[name]
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(environment)
        sys.modules.clear()
        sys.modules.update(modules)
