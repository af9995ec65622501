import os
import subprocess
import sys

import pytest

from tests.projects import Classroom
from workbook.steps import ROOT


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
def classroom(tmp_path):
    """A checkout of a learner's own, with the packages of this one; commands run there."""
    return Classroom(tmp_path)
