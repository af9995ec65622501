import os
import subprocess
import sys
from contextlib import ExitStack

import pytest

from tests.support.projects import Classroom
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


@pytest.fixture(scope="session")
def chromium():
    """A browser, shared by all tests of a process."""
    from playwright.sync_api import Error  # most tests need not wait for it

    from tests.support import browsers

    with ExitStack() as stack:
        try:
            browser = stack.enter_context(browsers.chromium())
        except Error:
            if "CI" in os.environ:
                raise
            pytest.skip("no Chromium or Chrome was found; on Debian: sudo apt install chromium")
        yield browser


@pytest.fixture
def window(chromium):
    """Opens a window of its own at an address."""
    contexts = []

    def open_window(address, **options):
        contexts.append(chromium.new_context(**options))
        page = contexts[-1].new_page()
        page.goto(address)
        return page

    yield open_window
    for context in contexts:
        context.close()
