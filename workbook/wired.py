"""Serves the project around it as ever, and tells the workbook of what travels meanwhile.

Run as a script, in place of manage.py; nothing of the project is changed.
"""

import atexit
import os
import runpy
import sys
from pathlib import Path

NO_RELOADER = "--noreload"  # as a network is served
ROOT = str(Path(__file__).resolve().parent.parent)


def main() -> None:
    """What Django's reloader runs again and again is watched, and not the reloader itself."""
    sys.path[0] = str(Path.cwd())  # in place of this file's folder
    if NO_RELOADER in sys.argv:
        watch()
        impose_limits()
    elif "RUN_MAIN" in os.environ:
        watch()
    else:
        run_this_again()
    sys.argv[0] = "manage.py"
    runpy.run_path("manage.py", run_name="__main__")


def watch() -> None:
    """From here on, whoever listens is told what happens; the project itself finds no workbook."""
    sys.path.append(ROOT)
    from workbook.recorder.live import Wired
    from workbook.recorder.watch import watch_served

    sys.path.remove(ROOT)
    recorder = Wired(Path.cwd())
    watch_served(recorder)
    atexit.register(recorder.end)


def impose_limits() -> None:
    sys.path.append(ROOT)
    from workbook import limits

    sys.path.remove(ROOT)
    limits.impose()
    limits.log_to_the_terminal()


def run_this_again() -> None:
    """Each time that a file is saved, the reloader starts this script and not manage.py."""
    from django.utils import autoreload

    command = [sys.executable, __file__, *sys.argv[1:]]
    autoreload.get_child_arguments = lambda: command


if __name__ == "__main__":
    main()
