"""`python -m workbook` with any Python: finds or makes the project's own, and hands over to it.

Read by any Python from 3.7, as `environment` is: no newer syntax, only the standard library.
"""

import os
import subprocess
import sys

from workbook import environment, variables
from workbook.errors import WorkbookError
from workbook.languages import bilingual


def main() -> int:
    felt = variables.clear()
    try:
        python = environment.prepare("requirements.txt")
    except WorkbookError as error:
        environment.complain(error)
        return 2
    except KeyboardInterrupt:
        environment.say(bilingual(""))
        return 130
    if environment.is_running() and not felt:
        try:
            from workbook.cli import main

            return main(sys.argv[1:])
        except KeyboardInterrupt:
            return 130
    command = [python, "-m", "workbook", *sys.argv[1:]]
    if os.name == "nt":
        try:
            return subprocess.call(command)
        except KeyboardInterrupt:
            return 130
    os.execv(python, command)


if __name__ == "__main__":
    sys.exit(main())
