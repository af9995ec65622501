"""The suites on every Python that this machine has."""

import os
import shutil
import subprocess
from pathlib import Path

from workbook import environment, report
from workbook.exercise.processes import run_suite
from workbook.languages import Bilingual
from workbook.steps import ROOT, Step

MISSING = Bilingual("not on this machine", "ليس على هذا الجهاز")
PASSED, FAILED = Bilingual("passed", "نجحت"), Bilingual("failed", "لم تنجح")


def run(steps: list[Step]) -> int:
    """Runs the suites on every Python found, with the packages pinned for it; 1 if one failed."""
    failed = False
    for version in reversed(environment.KNOWN):
        base = find(version)
        if base is None:
            report.finding(f"Python {version}", MISSING)
            continue
        python = environment.prepare("requirements.txt", str(ROOT / ".matrix" / version), base)
        django = subprocess.check_output([python, "-m", "django", "--version"], text=True).strip()
        for step in steps:
            code = run_suite(step.path, "--quiet", python=python)
            failed = failed or code != 0
            place = f"Python {version}, Django {django}, {step.name}"
            report.finding(place, FAILED if code else PASSED)
    return int(failed)


def find(version: str) -> str | None:
    """A Python of that version: on the path, or among pyenv's."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    candidates = [
        shutil.which(f"python{version}"),
        *map(str, pyenv.glob(f"versions/{version}.*/bin/python")),
    ]
    working = (each for each in candidates if each and environment.works(each, "--version"))
    return next(working, None)
