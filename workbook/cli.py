"""The command line: does what is typed, a function for each verb."""

import os
import signal
import subprocess
import sys
import threading
import webbrowser
from argparse import Namespace
from contextlib import nullcontext
from functools import partial
from pathlib import Path

from workbook import environment, exercise, matrix, report, variables
from workbook import watch as watching
from workbook.arguments import read
from workbook.diff import changes
from workbook.errors import WorkbookError
from workbook.exercise import desk, hints, processes, saves
from workbook.exercise.lesson import left
from workbook.exercise.progress import Progress
from workbook.exercise.sheet import Sheet, attempt, last
from workbook.invocation import typed
from workbook.languages import READERS, VARIABLE, Bilingual, wanted
from workbook.layers import Mark, layer, require_own
from workbook.server import LOOPBACK, is_open, require_free, serve
from workbook.steps import ROOT, Step, all_steps, following, previous
from workbook.wire.listener import Wire


def main(words: list[str]) -> int:
    """Does what the words say; the exit code: 0 done, 1 not passed, 2 could not be done."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    for name in ["SIGTERM", "SIGHUP"]:
        if hasattr(signal, name):  # Windows has no SIGHUP
            signal.signal(getattr(signal, name), lambda *_: sys.exit(0))
    try:
        require_reader()
        arguments = read(["help"] if {"-h", "--help"} & {*words} else words)
        if arguments.verb != "run":
            variables.clear_for_checks()
        return VERBS[arguments.verb](arguments) or 0
    except WorkbookError as error:
        report.problem(error)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def require_reader() -> None:
    """A WorkbookError if the environment names a language that the workbook does not speak."""
    if wanted() and wanted() not in READERS:
        raise WorkbookError(
            Bilingual(
                f"{VARIABLE} is {wanted()}; it can be en, ar or both.",
                f"قيمة المتغيّر {VARIABLE} هي {wanted()}، والمقبول en أو ar أو both.",
            ),
            f"unset {VARIABLE}",
        )


def menu(_: Namespace) -> None:
    report.menu(all_steps(), learned())


def help(arguments: Namespace) -> None:
    menu(arguments)
    report.options()


def learned() -> Progress:
    """The learner's progress; says so if its file could not be read."""
    progress = Progress()
    if progress.is_unreadable:
        progress.mend()
    if progress.set_aside:
        report.set_aside(progress.set_aside.name)
    return progress


def card(arguments: Namespace) -> None:
    before = previous(arguments.step)
    report.card(arguments.step, changes(before.path, arguments.step.path) if before else [])


def run(arguments: Namespace) -> int:
    """Serves the step's snapshot or, without a step, the desk."""
    if arguments.step:
        words = f"{arguments.step.name} run"
        return serve_project(arguments, arguments.step, arguments.step.path, words)
    return serve_project(arguments, desk.current(), desk.DESK, "run")


def serve_project(arguments: Namespace, step: Step, project: Path, words: str) -> int:
    host = arguments.host
    ports = range(arguments.port, arguments.port + arguments.servers)
    require_free(host, ports, lambda free: typed(f"{words} PORT={free}{others(arguments)}"))
    if arguments.layer is None:
        warn_of_redis(step)
    with layer(arguments.layer, step, "run") as environment:
        redis = environment["REDIS_URL"] if arguments.layer == "redis" else ""
        hear = partial(report.travelled, servers=len(ports))
        with Wire(hear) if arguments.wire else nullcontext() as wire:
            return serve(
                project,
                host,
                ports,
                environment,
                lambda servers: report.pages(step, servers, redis),
                Mark(redis).is_gone if redis else lambda: False,
                wire,
            )


def warn_of_redis(step: Step) -> None:
    """Says that the environment's own Redis does not answer; it may come later."""
    try:
        require_own(step)
    except WorkbookError as error:
        report.problem(error)


def others(arguments: Namespace) -> str:
    """The options of `run` beside the port, as they were typed."""
    options = {
        "HOST": arguments.host if arguments.host != LOOPBACK else "",
        "SERVERS": arguments.servers if arguments.servers > 1 else "",
        "LAYER": arguments.layer,
        "WIRE": 1 if arguments.wire else "",
    }
    return "".join(f" {name}={value}" for name, value in options.items() if value)


def test(arguments: Namespace) -> int:
    """Runs the step's suite or, without a step, all the tests of the workbook."""
    if not arguments.step:
        return tests("test")
    with layer(arguments.layer, arguments.step, "test") as environment:
        return processes.run_suite(arguments.step.path, environment=environment)


def diff(arguments: Namespace) -> None:
    """What the step changes, what lies between two or, without any, what is left on the desk."""
    if arguments.step:
        before = previous(arguments.step)
        if before is None:
            raise WorkbookError(
                Bilingual("Nothing comes before step 1.", "لا شيء قبل الخطوة 1."),
                typed("step-2 diff"),
            )
        report.patch(changes(before.path, arguments.step.path))
    elif arguments.first and arguments.last:
        report.patch(changes(arguments.first.path, arguments.last.path))
    elif arguments.first or arguments.last:
        raise WorkbookError(
            Bilingual("It takes two steps.", "يلزم ذكر خطوتين."), typed("diff FROM=2 TO=5")
        )
    else:
        report.patch(left(desk.seen()))


def start(arguments: Namespace) -> None:
    learned()
    report.desk(arguments.step, exercise.begin(arguments.step))


def check(arguments: Namespace) -> int:
    """Checks the desk: a line for each result as it comes, and then the verdict."""
    step = desk.current()
    learned()
    show = (lambda lines: None) if arguments.json else report.show
    show(report.title(step))
    sheet = Sheet(step)
    with layer(arguments.layer, step, "test") as environment:
        for news in attempt(step, environment=environment):
            for result in news.results[len(sheet.results) :]:
                show(report.checked(result, news))
            sheet = news
    if arguments.json:
        report.records(sheet)
    else:
        report.show(report.judged(sheet))
        report.show(report.traceback(sheet) if arguments.traceback else [])
    return 0 if sheet.passed else 1


def watch(_: Namespace) -> int:
    learned()
    require_own(desk.current())
    return watching.watch()


def hint(_: Namespace) -> None:
    step = desk.current()
    learned()
    require_own(step)
    sheet = last(attempt(step))
    hint = hints.next_hint(sheet)
    report.show([*report.checked(hint.check, sheet), *report.hint(hint)])


def solve(_: Namespace) -> None:
    step = desk.current()
    learned()
    report.solved(step, exercise.solve(step), following(step))


def saved(arguments: Namespace) -> None:
    """What was saved, and how large it is; with a number to keep, the older ones are removed."""
    report.removed(desk.thin(arguments.keep) if arguments.keep else [])
    report.saves(saves.saves())


def restore(arguments: Namespace) -> None:
    restored, save = desk.restore(arguments.save)
    report.restored(restored, save)
    report.desk(desk.current(), None)


def walkthrough(arguments: Namespace) -> None:
    from workbook.web import server  # it loads Django, which the menu need not wait for

    host, port = arguments.host, arguments.port
    warn_of_redis(all_steps()[-1])
    require_free(host, range(port, port + 1), lambda free: typed(f"walkthrough PORT={free}"))
    server.serve(host, port, partial(announced, is_open(host)))


def announced(to_others: bool, pages: list[str]) -> None:
    """Says where the walkthrough is, and opens it for a person at this machine's screen."""
    from workbook.web import offer

    report.walkthrough(pages, [offer.says()] if to_others else [])
    if sys.stdout.isatty() and "NO_BROWSER" not in os.environ and has_screen():
        threading.Thread(target=webbrowser.open, args=(pages[0],), daemon=True).start()


def has_screen() -> bool:
    """Whether a browser would open in a window, and not in this terminal."""
    return (
        os.name == "nt"
        or sys.platform == "darwin"
        or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    )


def site(_: Namespace) -> None:
    """Builds the workbook as files, in a folder that git does not keep."""
    from workbook.site import build, tab  # which load Django
    from workbook.web.offer import SITE

    report.show(report.spoken(report.A_MINUTE))
    build.build(SITE, tab.write)
    report.site(SITE.name)


def notes(arguments: Namespace) -> int:
    from workbook.proofreading import findings  # which the menu need not wait for

    if arguments.translated:
        findings.stamp(arguments.translated)
    found = list(findings.everything())
    report.findings(found)
    return 1 if found else 0


def lint(_: Namespace) -> int:
    """Says what ruff and mypy have to say of the code."""
    commands = [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]]
    return max(develop("-m", *command) for command in commands)


def format(_: Namespace) -> int:
    return max(develop("-m", "ruff", "check", "--fix"), develop("-m", "ruff", "format"))


def pages(_: Namespace) -> int:
    """Tests the pages in a real browser, also at the second visit and in every state."""
    return tests("pages", "-m", "pages and not gate")


def gate(_: Namespace) -> int:
    """Makes each known mistake in the code of others too, and in pairs."""
    return tests("gate", "-m", "gate")


def tests(name: str, *which: str) -> int:
    about = report.TESTS_TAKE[name]
    return develop("-m", "pytest", "--numprocesses=auto", *which, about=about)


def bench(_: Namespace) -> int:
    return develop("-m", "bench", about=report.MINUTES)


def run_matrix(_: Namespace) -> int:
    return matrix.run(all_steps())


def develop(*command: str, about: Bilingual | None = None) -> int:
    """Runs a Python command of the developers', with their packages; 1 if it did not end well."""
    python = environment.prepare("requirements-dev.txt")
    if about:
        report.show(report.spoken(about))
        sys.stdout.flush()
    return 1 if subprocess.call([python, *command], cwd=ROOT) else 0


VERBS = {
    "menu": menu,
    "help": help,
    "card": card,
    "run": run,
    "test": test,
    "diff": diff,
    "start": start,
    "check": check,
    "watch": watch,
    "hint": hint,
    "solve": solve,
    "saved": saved,
    "restore": restore,
    "walkthrough": walkthrough,
    "site": site,
    "notes": notes,
    "lint": lint,
    "format": format,
    "bench": bench,
    "pages": pages,
    "gate": gate,
    "matrix": run_matrix,
}
