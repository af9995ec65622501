import glob
import os
import shutil
import subprocess

from workbook import environment, report
from workbook.checks import run_suite
from workbook.steps import ROOT, Step


def run(steps: list[Step]) -> int:
    """Runs the steps' suites on every Python found, each with the packages pinned for it; 1 if one failed."""
    failed = 0
    for version in environment.KNOWN[::-1]:
        base = find(version)
        if base is None:
            report.finding(f"Python {version}", "not on this machine")
            continue
        python = environment.prepare("requirements.txt", str(ROOT / ".matrix" / version), base)
        django = subprocess.check_output([python, "-m", "django", "--version"], text=True).strip()
        for step in steps:
            code = run_suite(step.path, python)
            failed |= code != 0
            word = "failed" if code else "passed"
            report.finding(f"Python {version}, Django {django}, {step.name}", word)
    return failed


def find(version: str) -> str | None:
    """A Python of that version: on the path, or among pyenv's."""
    pyenv = os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv"))
    candidates = [
        shutil.which(f"python{version}"),
        *glob.glob(f"{pyenv}/versions/{version}.*/bin/python"),
    ]
    return next((python for python in candidates if python and environment.works(python, "-V")), None)
