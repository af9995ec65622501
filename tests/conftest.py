import asyncio
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from inspect import iscoroutinefunction
from shutil import which

import pytest

from tests.support.lacking import CHROMIUM, NPM, REDIS, in_both, skip
from tests.support.projects import Classroom
from tests.support.servers import Walkthrough
from workbook.errors import WorkbookError
from workbook.exercise import desk, papers, saves
from workbook.languages import Bilingual, said
from workbook.layers import find_server
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


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem):
    """Runs an async test on a loop in a thread of its own: in this one Playwright's may go on."""
    if not iscoroutinefunction(pyfuncitem.obj):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    with ThreadPoolExecutor(1) as thread:
        test = pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names})
        thread.submit(asyncio.run, test).result()
    return True


def pytest_sessionfinish(session):
    """In CI a test that was skipped was not proved."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if "CI" in os.environ and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    """Says how many tests were skipped and for want of what, in the reader's language."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in skipped)
    for reason, count in reasons.most_common():
        why = in_both(reason)
        words = Bilingual(f"{count} skipped: {why.en}", f"تُخطّي {count}: {why.ar}")
        for line in said(words):
            terminalreporter.line(line)


@pytest.fixture
def classroom(tmp_path):
    """A checkout of a learner's own, with the packages of this one; commands run there."""
    return Classroom(tmp_path)


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A desk in a folder of the test's, for calls that a command cannot make."""
    for name in ["DESK", "BUILDING", "READY", "GOING", "LOCK"]:
        monkeypatch.setattr(desk, name, tmp_path / getattr(desk, name).name)
    monkeypatch.setattr(saves, "SAVED", tmp_path / saves.SAVED.name)
    monkeypatch.setattr(papers, "BESIDE", tmp_path / papers.BESIDE.name)
    return tmp_path


@pytest.fixture(scope="module")
def walkthrough(tmp_path_factory):
    """The walkthrough of a learner's checkout, which the tests of a file share."""
    classroom = Classroom(tmp_path_factory.mktemp("class"))
    with Walkthrough(classroom.path) as served:
        served.classroom = classroom
        yield served


@pytest.fixture(scope="session")
def some_redis():
    """Skips what needs a Redis or a Valkey where there is none."""
    try:
        find_server()
    except WorkbookError:
        skip(REDIS)


@pytest.fixture(scope="session")
def chromium():
    """A browser, shared by all tests of a process."""
    from tests.support import browsers  # most tests need not wait for it

    with ExitStack() as stack:
        try:
            browser = stack.enter_context(browsers.chromium())
        except Exception:  # the driver itself may not run here
            if "CI" in os.environ:
                raise
            skip(CHROMIUM)
        yield browser


@pytest.fixture(scope="session")
def npm():
    """Skips what needs npm where there is none."""
    if not which("npm"):
        skip(NPM)


@pytest.fixture(scope="session")
def tab_site(npm, tmp_path_factory):
    """The address of the whole site, with what its interpreters load."""
    from tests.support import sites
    from workbook.site import tab
    from workbook.site.build import build

    folder = tmp_path_factory.mktemp("served") / sites.UNDER / "site"
    folder.parent.mkdir(parents=True)
    build(folder, tab.write)
    with sites.serving(folder) as address:
        yield address


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
