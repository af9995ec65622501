"""Django projects made for a test, in a folder of the test's."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from workbook.exercise.desk import MARK
from workbook.exercise.mistakes import Edit
from workbook.steps import ROOT, Step, all_steps, previous

DOCUMENTATION = Path(__file__).parent.parent / "documentation"
# A learner's pytest has no other plugins; a developer's has, and they take their time to load.
PLUGINS = ["-p", "no:cacheprovider", "-p", "pytest_django.plugin", "-p", "pytest_asyncio.plugin"]
IGNORED = shutil.ignore_patterns("__pycache__", ".pytest_cache", "db.sqlite3*")


def startproject(folder: Path) -> Path:
    """What `django-admin startproject mysite` makes."""
    return shutil.copytree(started().name, folder)


@cache
def started() -> TemporaryDirectory[str]:
    """The same, made once for this process."""
    folder = TemporaryDirectory()
    command = [sys.executable, "-m", "django", "startproject", "mysite", folder.name]
    subprocess.run(command, check=True)
    return folder


def snapshot(step: Step, folder: Path) -> Path:
    """A copy of the step."""
    return shutil.copytree(step.path, folder, ignore=IGNORED)


def documentation(step: Step, folder: Path) -> Path:
    """The tutorial's own code at this step, with the step's suite."""
    startproject(folder)
    for each in all_steps()[: step.number]:
        documented(each, folder)
    return with_suite(step, folder)


def documented(step: Step, project: Path) -> Path:
    """Types in what the tutorial has at this step."""
    overlay = DOCUMENTATION / step.path.name
    ending = overlay / "mysite" / "settings_end.py"
    if ending.exists():
        with (project / "mysite" / "settings.py").open("a") as settings:
            settings.write(ending.read_text())
    unused = shutil.ignore_patterns("settings_end.py")
    return shutil.copytree(overlay, project, ignore=unused, dirs_exist_ok=True)


def before(step: Step, folder: Path) -> Path:
    """What a learner of this step starts from: the snapshot before, with this step's suite."""
    earlier = previous(step)
    return with_suite(step, snapshot(earlier, folder) if earlier else startproject(folder))


def with_suite(step: Step, project: Path) -> Path:
    shutil.copytree(step.path / "tests", project / "tests", ignore=IGNORED, dirs_exist_ok=True)
    shutil.copy(step.path / "pytest.ini", project)
    return project


def outcomes(project: Path, *options: str) -> dict[str, str]:
    """Runs the project's suite: passed, failure, error or skipped by check, in the order of running."""
    report = project / "report.xml"
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *PLUGINS, f"--junitxml={report}", *options],
        cwd=project,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
    )
    assert report.exists(), run.stdout + run.stderr
    assert run.returncode in (0, 1), run.stdout + run.stderr
    return {
        f"{case.get('classname').removeprefix('tests.')}.{case.get('name')}": next(
            (child.tag for child in case if child.tag in ("failure", "error", "skipped")), "passed"
        )
        for case in ElementTree.parse(report).iter("testcase")
    }


class NotThere(AssertionError):
    """An edit that cannot be made: what it replaces does not stand in the file once."""


def edited(project: Path, edits: Iterable[Edit], delete: Iterable[str] = ()) -> Path:
    """Makes the edits of a mistake or a solution; an `old` that is "" is the whole file.

    NotThere if one cannot be made.
    """
    for edit in edits:
        path = project / edit.file
        # A file that another mistake has saved otherwise has no line that could be found.
        text = path.read_text("utf-8", "replace") if path.exists() else ""
        if edit.old and text.count(edit.old) != 1:
            raise NotThere(edit)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = text.replace(edit.old, edit.new) if edit.old else edit.new
        path.write_text(text, edit.encoding)
    for path in [project / name for name in delete]:
        if not path.exists():
            raise NotThere(path)
        path.unlink()
        remove_empty(path.parent)
    return project


def remove_empty(folder: Path) -> None:
    """Removes the folder and those around it, as far as nothing is in them."""
    while not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


class Classroom:
    """A checkout of a learner's own in a new folder, with the packages of this one."""

    def __init__(self, path):
        self.path = path
        self.work = path / "work"
        for name in ["workbook", "steps", "notes"]:
            shutil.copytree(ROOT / name, path / name, ignore=IGNORED)
        for name in ["Makefile", "requirements.txt"]:
            shutil.copy(ROOT / name, path)
        (path / ".venv").symlink_to(ROOT / ".venv")

    def make(self, *words, **environment):
        return subprocess.run(
            ["make", *words],
            cwd=self.path,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
        )

    def clear(self):
        """Forgets the desk and what was passed, as if no step was begun yet."""
        shutil.rmtree(self.work, ignore_errors=True)
        (self.path / ".progress.json").unlink(missing_ok=True)

    def solve(self, step):
        """Puts the step with its solution on the empty desk, ready to be spoilt; the desk."""
        snapshot(step, self.work)
        (self.work / MARK).write_text(f"{step.number}\n")
        return self.work

    def solution(self, step, *paths):
        """Writes the files of the step's solution on the desk, as a learner would."""
        for path in paths:
            (self.work / path).write_bytes((step.path / path).read_bytes())
