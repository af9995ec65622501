"""Runs a suite on a project and tells what happens, case by case; in a process of its own.

What it tells are the messages of `records`, in the order in which they stand there.
"""

import gc
import multiprocessing
import os
import re
import signal
import sys
import threading
import traceback
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest
from _pytest.runner import runtestprotocol

from workbook.exercise.migrations import missing_migration
from workbook.exercise.records import (
    ENDLESS,
    Broken,
    Done,
    Ended,
    Failure,
    Loading,
    Message,
    Planned,
    PlannedCase,
    Started,
    Unloadable,
)
from workbook.exercise.strays import MARK, end_strays
from workbook.exercise.watchman import Watchman
from workbook.languages import Bilingual
from workbook.recorder.facts import Place
from workbook.recorder.recorder import Recorder
from workbook.recorder.watch import watch

ROOT = str(Path(__file__).resolve().parent.parent.parent)
LARGEST_FILE = 16 * 2**20  # bytes that a runaway print can leave on the disk
MOST_MEMORY = 2**30  # bytes that a runaway list can take; a check needs a sixth of it
EARLY = 0.5  # seconds before the limit
SHORT_QUIET = 0.2  # seconds, once a consumer was silent: it will be so again
SHORT_LONGEST = 2  # seconds
OF_A_PAGE = "ScriptError: "  # what stands behind it is JavaScript's own word
TOO_MUCH_MEMORY = Bilingual(
    f"It took more memory than a check may: {MOST_MEMORY // 2**30} GB.",
    f"استهلك ذلك من الذاكرة أكثر مما يُسمح به للاختبار: {MOST_MEMORY // 2**30} GB.",
)
NEVER_AWAITED = re.compile(r"RuntimeWarning: coroutine '[^']+' was never awaited")


class Listener(Protocol):
    """Who is told."""

    def send(self, message: Message, /) -> object: ...


def run(
    project: Path, suite: Path, extras: bool, environment: dict[str, str], tell: "Listener"
) -> None:
    """Runs the suite in the step's folder `suite`: the extras of it, or the core."""
    leave_the_terminal()
    threading.Thread(target=end_with_the_parent, daemon=True).start()
    enter(project, environment)
    tell.send(Loading())
    recorder = Recorder(project)
    if failure := cannot_load(project, recorder):
        tell.send(Unloadable(failure))
        return
    run_half(suite, Narrator(project, suite, extras, tell, recorder))
    tell.send(Done())


def run_half(suite: Path, narrator: "Narrator") -> None:
    options = [
        f"--rootdir={suite}",
        f"--config-file={suite / 'pytest.ini'}",
        "--override-ini=django_find_project=false",
        "--disable-warnings",
        "--tb=native",
        "-Wignore::pytest.PytestAssertRewriteWarning",  # where plugins were loaded before
        "-ppytest_django.plugin",
        "-ppytest_asyncio.plugin",
        "-pno:cacheprovider",
        "--no-migrations",
    ]
    try:
        pytest.main([*options, *ordered_paths(suite)], plugins=[narrator])
    except* Warning:  # one or several, of what is thrown away only when every case has been told
        pass


def leave_the_terminal() -> None:
    """What the learner's code prints stays off the terminal; what it starts ends with it."""
    if hasattr(os, "setsid"):
        os.setsid()
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
        if sys.platform == "linux":  # others do not keep to it
            resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)


def end_with_the_parent() -> None:
    """Ends this process, and all that it started, when the one that wants its results is gone."""
    if parent := multiprocessing.parent_process():
        parent.join()
        end_strays(os.environ.get(MARK, ""))
        if hasattr(os, "killpg"):
            os.killpg(0, signal.SIGKILL)
        os._exit(1)


def enter(project: Path, environment: dict[str, str]) -> None:
    """Makes this process one that was started in the project: `mysite` is the project's."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(project)
    sys.path[:] = [str(project), *(path for path in sys.path if path not in ("", ROOT))]
    os.environ.pop("PYTEST_ADDOPTS", None)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"


def cannot_load(project: Path, recorder: Recorder) -> Failure | None:
    """Why Django cannot be set up with the project's settings; None if it can."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "mysite.settings"
    try:
        import django

        watch(recorder)
        django.setup()
        keep_databases()
        missing = missing_migration(project)
    except BaseException as error:
        return replace(failed(error, project), facts=tuple(recorder.hidden()))
    if facts := tuple(recorder.hidden()):
        # Here the real one may have been imported before; where it is served, it is not.
        return Failure((f"HiddenModule: {facts[0].module}",), None, "", facts=facts)
    return missing


def keep_databases() -> None:
    """Tests in memory, whatever file the settings name for them: it may be the learner's own."""
    from django.db import connections

    for connection in connections.all():
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = None


def ordered_paths(suite: Path) -> list[str]:
    """The suite's files in the order of the lessons, as pytest.ini has them."""
    paths = re.findall(r"^ +(tests/\S+)", (suite / "pytest.ini").read_text("utf-8"), re.M)
    return [str(suite / path) for path in paths]


class Narrator:
    """The pytest plugin that tells."""

    def __init__(
        self,
        project: Path,
        suite: Path,
        extras: bool,
        tell: "Listener",
        recorder: Recorder,
    ) -> None:
        self.project = project
        self.suite = suite
        self.extras = extras
        self.tell = tell
        self.recorder = recorder
        self.blamed = False
        self.late = False
        self.failures: list[Failure] = []
        self.reason = ""
        self.watchman = Watchman(Started.limit - EARLY, self.stuck)
        self.watchman.start()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            last = report.longreprtext.strip().rpartition("\n")[2].removeprefix("E").strip()
            self.tell.send(Unloadable(Failure((last,), None, report.longreprtext)))

    def pytest_collection_modifyitems(self, items: list[pytest.Function]) -> None:
        items[:] = [item for item in items if is_extra(item) == self.extras]
        self.tell.send(Planned(tuple(map(planned, items))))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> Generator[None, object, object]:
        self.start(item)
        try:
            result = yield
            failure = self.witnessed()
            if self.late and not self.blamed:  # nobody is blamed for what the machine was slow at
                self.start(item)
                runtestprotocol(item, log=False, nextitem=nextitem)
                failure = failure if self.failures else None
            if self.late:
                lose_patience(item.config)
        except BaseException as error:  # such as a KeyboardInterrupt: pytest would stop for it
            self.tell.send(Broken(failed(error, self.project)))
            raise
        finally:
            self.watchman.end()
        self.blamed |= failure is not None
        self.tell.send(Ended(item.nodeid, failure, self.reason))
        return result

    def start(self, item: pytest.Item) -> None:
        self.failures, self.reason, self.late = [], "", False
        self.recorder.begin()
        self.tell.send(Started(item.nodeid))
        self.watchman.begin()

    def stuck(self) -> None:
        """Tells where the project stands still, shortly before the run is given up for it."""
        if fact := self.recorder.stuck():
            error = f"TimeLimit: {ENDLESS.en}"
            failure = Failure((error,), fact.by.place, error, ENDLESS, facts=(fact,))
            self.tell.send(Broken(failure))

    def witnessed(self) -> Failure | None:
        """The case's failure; the first, which is to blame, with what happened meanwhile."""
        if not self.failures:
            return None
        if self.blamed:
            return self.failures[0]
        gc.collect()  # what was forgotten is told of when it is thrown away
        facts = (*self.recorder.hidden(), *self.recorder.take())
        if still := self.recorder.stuck():  # in a thread that the check waited for in vain
            facts = (*facts, still)
        return replace(self.failures[0], facts=facts)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if call.excinfo:
            error = call.excinfo.value
            if report.skipped and was_raised_in(self.suite, error):
                self.reason = str(error)
            else:
                self.failures.append(failed(error, self.project, report.longreprtext))
            self.late |= was_awaited(error)
        return report


def was_raised_in(folder: Path, error: BaseException) -> bool:
    """Whether the folder's own code raised it: a project that skips a check has not passed it."""
    *_, innermost = traceback.extract_tb(error.__traceback__)
    return Path(innermost.filename).is_relative_to(folder)


def was_awaited(error: BaseException) -> bool:
    """Whether the suite waited in vain: for anything at all, or for one frame among others."""
    words = str(error)
    return words.startswith("no frame came") or (
        isinstance(error, TimeoutError) and "still busy" not in words
    )


def is_extra(item: pytest.Item) -> bool:
    return item.get_closest_marker("extra") is not None


def planned(item: pytest.Function) -> PlannedCase:
    words = item.function.__doc__ or ""
    return PlannedCase(item.nodeid, item.originalname, words, is_extra(item))


def lose_patience(config: pytest.Config) -> None:
    for conftest in config.pluginmanager.get_plugins():
        if hasattr(conftest, "QUIET"):
            conftest.QUIET = SHORT_QUIET
            conftest.LONGEST = SHORT_LONGEST


def failed(error: BaseException, project: Path, text: str = "") -> Failure:
    """What is known of an exception: it and its causes, and the learner's line in it."""
    chain = list(causes(error))
    lines = [f"{type(each).__name__}: {first_line(each)}" for each in chain]
    warned = [found for each in chain for found in NEVER_AWAITED.findall(str(each))]
    own = [
        (line, place)
        for line, each in zip(lines, chain, strict=True)
        if (place := place_of(each, project))
    ]
    word, place = own[-1] if own else (lines[0], None)
    text = text or "".join(traceback.format_exception(error))
    words = word.removeprefix(OF_A_PAGE)
    says = TOO_MUCH_MEMORY if any(isinstance(each, MemoryError) for each in chain) else None
    return Failure(tuple(dict.fromkeys(lines + warned)), place, text, says, word=words)


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """The exception, those in its group, and those that it came from."""
    while error is not None:
        yield error
        for member in getattr(error, "exceptions", ()):
            yield from causes(member)
        error = error.__cause__ or error.__context__


def first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0]


def place_of(error: BaseException, project: Path) -> Place | None:
    """The innermost line of the project that the exception came from."""
    frames = [
        (each.filename, each.lineno or 0) for each in traceback.extract_tb(error.__traceback__)
    ]
    # As a SyntaxError does, an error may say itself where it is.
    filename, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    if filename and line:
        frames.append((str(filename), line))
    for filename, number in reversed(frames):
        path = Path(filename)
        if path.is_relative_to(project):
            return Place(path.relative_to(project).as_posix(), number)
    return None
