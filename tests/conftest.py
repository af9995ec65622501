import os
import subprocess
import sys

import pytest

from workbook.steps import ROOT


@pytest.fixture
def workbook():
    """Runs `python -m workbook` with these words; its output is text."""

    def run(*words, **environment):
        inherited = {name: os.environ[name] for name in os.environ if name != "MAKELEVEL"}
        return subprocess.run(
            [sys.executable, "-m", "workbook", *words],
            cwd=ROOT,
            env=inherited | environment,
            capture_output=True,
            text=True,
        )

    return run


def pytest_sessionfinish(session):
    """In CI a test that was skipped was not proved."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if "CI" in os.environ and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
