import os
import shutil
import subprocess
import sys

import pytest

from tests.projects import IGNORED
from workbook.steps import ROOT


@pytest.fixture(autouse=True, scope="session")
def no_make_around():
    """What the tests call is not part of the `make test` that may run them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ["MAKELEVEL", "MAKEFLAGS", "MFLAGS"]:
            patch.delenv(name, raising=False)
        yield


@pytest.fixture
def workbook():
    """Runs `python -m workbook` with these words; its output is text."""

    def run(*words, **environment):
        return subprocess.run(
            [sys.executable, "-m", "workbook", *words],
            cwd=ROOT,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
        )

    return run


def pytest_sessionfinish(session):
    """In CI a test that was skipped was not proved."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if "CI" in os.environ and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def classroom(tmp_path, monkeypatch):
    """A checkout of a learner's own, with the packages of this one; commands run there."""
    for name in ["workbook", "steps", "notes"]:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=IGNORED)
    for name in ["Makefile", "requirements.txt"]:
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    return Classroom(tmp_path)


class Classroom:
    def __init__(self, path):
        self.path = path
        self.work = path / "work"

    def make(self, *words, **environment):
        return subprocess.run(
            ["make", *words],
            cwd=self.path,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
        )

    def solution(self, step, *paths):
        """Writes the files of the step's solution on the desk, as a learner would."""
        for path in paths:
            (self.work / path).write_bytes((step.path / path).read_bytes())
