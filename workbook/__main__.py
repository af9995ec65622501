"""`python -m workbook` with any Python: finds or makes the project's own, and hands over to it.

This file and `environment` are read by whatever Python the machine has, however old: no newer syntax here.
"""

import os
import subprocess
import sys

from workbook import environment


def main():
    try:
        python = environment.prepare("requirements.txt")
    except environment.Unprepared as problem:
        sys.stderr.write("x %s\n  -> %s\n" % (problem.what, problem.mend))
        return 2
    if environment.is_running(python):
        from workbook.cli import main

        return main(sys.argv[1:])
    command = [python, "-m", "workbook"] + sys.argv[1:]
    if os.name == "nt":
        return subprocess.call(command)
    os.execv(python, command)


if __name__ == "__main__":
    sys.exit(main())
