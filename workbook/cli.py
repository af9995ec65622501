"""The command line: a subject and a verb, as in `step-3 run`."""

import argparse
import os
import re
import signal
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

from workbook import environment, matrix, report
from workbook import watch as watching
from workbook.diff import changes
from workbook.errors import WorkbookError
from workbook.exercise import checks, desk, hints
from workbook.exercise.mistakes import judge
from workbook.exercise.progress import Progress
from workbook.invocation import typed
from workbook.layers import LAYERS, layer
from workbook.proofreading import findings
from workbook.server import LOOPBACK, require_free, serve
from workbook.steps import ROOT, Step, all_steps, following, previous, step


class Parser(argparse.ArgumentParser):
    """Refuses a wrong word with the words there are, as a WorkbookError."""

    words: Iterable[str] = ()  # what may stand as its first word

    def error(self, message: str) -> NoReturn:
        if wrong := re.search(r"argument (?:subject|verb): invalid choice: '(.*?)'", message):
            steps = wrong[1].startswith("step")
            words = [word for word in self.words if word.startswith("step-") == steps]
            message = f"There is no {wrong[1]}. There are {', '.join(words)}."
        raise WorkbookError(message, typed(""))


def main(words: list[str]) -> int:
    """Does what the words say; the exit code: 0 done, 1 not passed, 2 could not be done."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    for name in ["SIGTERM", "SIGHUP"]:
        if hasattr(signal, name):  # Windows has no SIGHUP
            signal.signal(getattr(signal, name), lambda *_: sys.exit(0))
    try:
        arguments = parser().parse_args(words)
        return arguments.verb(arguments) or 0
    except WorkbookError as error:
        report.problem(error)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def parser() -> Parser:
    top = Parser(prog="python -m workbook", description="Django Channels in five runnable steps.")
    top.set_defaults(verb=menu)
    subjects = top.add_subparsers(metavar="subject")
    top.words = subjects.choices
    for each in all_steps():
        subject = subjects.add_parser(each.name, help=f"the card of {each.name}")
        subject.set_defaults(verb=card, step=each)
        verbs = subject.add_subparsers(metavar="verb")
        subject.words = verbs.choices
        add_run(verbs, run_step, "serve its chat")
        test_parser = verbs.add_parser("test", help="run its suite")
        test_parser.set_defaults(verb=test_step)
        add_layer(test_parser)
        verbs.add_parser("diff", help="show what it changes").set_defaults(verb=diff_step)
        verbs.add_parser("start", help="begin its exercise").set_defaults(verb=start)
    check_parser = subjects.add_parser("check", help="check the exercise on the desk")
    check_parser.set_defaults(verb=check)
    add_layer(check_parser)
    check_parser.add_argument("--json", action="store_true", help="print the records")
    check_parser.add_argument("--traceback", action="store_true", help="show the failure in full")
    subjects.add_parser("watch", help="check it on every save").set_defaults(verb=watch)
    subjects.add_parser("hint", help="show the next hint").set_defaults(verb=hint)
    add_run(subjects, run, "serve what is on the desk")
    subjects.add_parser("solve", help="put the solution on the desk").set_defaults(verb=solve)
    subjects.add_parser("saved", help="list what was saved").set_defaults(verb=saved)
    restore_parser = subjects.add_parser("restore", help="bring a saved desk back")
    restore_parser.set_defaults(verb=restore)
    restore_parser.add_argument("--save", default="", help="its name; without it, the newest")
    diff_parser = subjects.add_parser("diff", help="what is left to do, or between two steps")
    diff_parser.set_defaults(verb=diff)
    diff_parser.add_argument("--from", dest="first", type=int, metavar="STEP")
    diff_parser.add_argument("--to", dest="last", type=int, metavar="STEP")
    walkthrough_parser = subjects.add_parser("walkthrough", help="the workbook, in a browser")
    walkthrough_parser.set_defaults(verb=walkthrough)
    add_address(walkthrough_parser, 8765)
    notes_parser = subjects.add_parser("notes", help="proofread the notes")
    notes_parser.set_defaults(verb=notes)
    notes_parser.add_argument("--translated", metavar="PAGE", help="an Arabic page, up to date now")
    subjects.add_parser("test", help="prove everything").set_defaults(verb=test)
    subjects.add_parser("bench", help="measure everything").set_defaults(verb=bench)
    subjects.add_parser("matrix", help="run the suites on every Python there is").set_defaults(
        verb=run_matrix
    )
    return top


def number_up_to(last: int) -> Callable[[str], int]:
    def number(word: str) -> int:
        if word.isdecimal() and 0 < int(word) <= last:
            return int(word)
        raise argparse.ArgumentTypeError(f"{word} is not a number from 1 to {last}")

    return number


def add_run(
    verbs: "argparse._SubParsersAction[Parser]",
    verb: Callable[[argparse.Namespace], int],
    help: str,
) -> None:
    run_parser = verbs.add_parser("run", help=help)
    run_parser.set_defaults(verb=verb)
    add_address(run_parser, 8000)
    run_parser.add_argument("--servers", type=number_up_to(8), default=1, help="on ports in a row")
    add_layer(run_parser)


def add_address(parser: Parser, port: int) -> None:
    parser.add_argument("--port", type=number_up_to(65535), default=port)
    parser.add_argument("--host", default=LOOPBACK, help="0.0.0.0 for the whole network")


def add_layer(verb_parser: Parser) -> None:
    verb_parser.add_argument("--layer", choices=LAYERS, help="where the groups are kept")


def menu(_: argparse.Namespace) -> None:
    report.menu(all_steps(), learned())


def learned() -> Progress:
    """The learner's progress; says so if its file could not be read."""
    progress = Progress()
    if progress.set_aside:
        report.finding(
            "The record of progress could not be read; it is kept as", progress.set_aside.name
        )
    return progress


def card(arguments: argparse.Namespace) -> None:
    before = previous(arguments.step)
    report.card(arguments.step, changes(before.path, arguments.step.path) if before else [])


def run_step(arguments: argparse.Namespace) -> int:
    return serve_project(
        arguments, arguments.step, arguments.step.path, f"{arguments.step.name} run"
    )


def run(arguments: argparse.Namespace) -> int:
    return serve_project(arguments, desk.current(), desk.DESK, "run")


def serve_project(arguments: argparse.Namespace, step: Step, project: Path, words: str) -> int:
    host = arguments.host
    ports = range(arguments.port, arguments.port + arguments.servers)
    require_free(host, ports, lambda free: typed(f"{words} PORT={free}{others(arguments)}"))
    with layer(arguments.layer, step, "run") as environment:
        redis = environment["REDIS_URL"] if arguments.layer == "redis" else ""
        return serve(
            project, host, ports, environment, lambda servers: report.pages(step, servers, redis)
        )


def others(arguments: argparse.Namespace) -> str:
    """The options of `run` beside the port, as they were typed."""
    options = {
        "HOST": arguments.host if arguments.host != LOOPBACK else "",
        "SERVERS": arguments.servers if arguments.servers > 1 else "",
        "LAYER": arguments.layer,
    }
    return "".join(f" {name}={value}" for name, value in options.items() if value)


def start(arguments: argparse.Namespace) -> None:
    save = desk.start(arguments.step)
    learned().begun(arguments.step)
    report.desk(arguments.step, save)


def check(arguments: argparse.Namespace) -> int:
    step = desk.current()
    results = []
    blamed = None
    if not arguments.json:
        report.show(report.title(step))
    with layer(arguments.layer, step, "test") as environment:
        for result in checks.results(desk.DESK, step.path, environment):
            results.append(result)
            blamed = blamed or (result if result.outcome == "failed" else None)
            if not arguments.json:
                report.show(report.checked(result, blamed))
    verdict = judge(results, desk.DESK, step)
    if verdict.passed:
        learned().passed(step)
    if arguments.json:
        report.records(step, results, verdict)
    else:
        report.show(report.judged(verdict, step, following(step), arguments.traceback))
    return 0 if verdict.passed else 1


def watch(_: argparse.Namespace) -> int:
    return watching.watch(learned())


def hint(_: argparse.Namespace) -> None:
    step = desk.current()
    check = hints.needed(checks.results(desk.DESK, step.path), step)
    if check is None:
        raise WorkbookError(
            "All the core checks pass: there is nothing to hint at.", typed("check")
        )
    report.show(report.checked(check, check))
    report.show(report.hint(hints.next_hint(step, check.name, learned()), step))


def solve(_: argparse.Namespace) -> None:
    step = desk.current()
    save = desk.solve(step)
    learned().solved(step)
    report.desk(step, save)


def walkthrough(arguments: argparse.Namespace) -> None:
    from workbook.web.server import serve  # it loads Django, which the menu need not wait for

    host, port = arguments.host, arguments.port
    require_free(host, range(port, port + 1), lambda free: typed(f"walkthrough PORT={free}"))
    serve(host, port, announced)


def announced(pages: list[str]) -> None:
    """Says where the walkthrough is, and opens it for a person at this machine's screen."""
    report.walkthrough(pages)
    if sys.stdout.isatty() and "NO_BROWSER" not in os.environ and has_screen():
        threading.Thread(target=webbrowser.open, args=(pages[0],), daemon=True).start()


def has_screen() -> bool:
    """Whether a browser would open in a window, and not in this terminal."""
    return (
        os.name == "nt"
        or sys.platform == "darwin"
        or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    )


def saved(_: argparse.Namespace) -> None:
    report.saves(desk.saves())


def restore(arguments: argparse.Namespace) -> None:
    restored, save = desk.restore(arguments.save)
    report.restored(restored, save)
    report.desk(desk.current(), None)


def test_step(arguments: argparse.Namespace) -> int:
    with layer(arguments.layer, arguments.step, "test") as environment:
        return checks.run_suite(arguments.step.path, environment=environment)


def diff_step(arguments: argparse.Namespace) -> None:
    before = previous(arguments.step)
    if before is None:
        raise WorkbookError("Nothing comes before step 1.", typed("step-2 diff"))
    report.patch(changes(before.path, arguments.step.path))


def diff(arguments: argparse.Namespace) -> None:
    if arguments.first is None and arguments.last is None:
        report.patch([each for each in changes(desk.DESK, desk.current().path) if each.is_lesson])
        return
    if arguments.first is None or arguments.last is None:
        raise WorkbookError("It takes two steps.", typed("diff FROM=2 TO=5"))
    report.patch(changes(step(arguments.first).path, step(arguments.last).path))


def notes(arguments: argparse.Namespace) -> int:
    if arguments.translated:
        findings.translated(arguments.translated)
    found = list(findings.findings())
    report.findings(found)
    return 1 if found else 0


def test(_: argparse.Namespace) -> int:
    return develop("-m", "pytest", "--numprocesses=auto")


def bench(_: argparse.Namespace) -> int:
    return develop("-m", "bench")


def run_matrix(_: argparse.Namespace) -> int:
    return matrix.run(all_steps())


def develop(*command: str) -> int:
    """Runs a Python command of the developers', with their packages; 1 if it did not end well."""
    try:
        python = environment.prepare("requirements-dev.txt")
    except environment.Unprepared as problem:
        raise WorkbookError(problem.what, problem.mend) from None
    return 1 if subprocess.call([python, *command], cwd=ROOT) else 0
