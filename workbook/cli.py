"""The command line: a subject and a verb, as in `step-3 run`."""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from typing import NoReturn

from workbook import environment, matrix, report
from workbook.checks import run_suite
from workbook.diff import changes
from workbook.errors import WorkbookError
from workbook.server import require_free, serve
from workbook.steps import ROOT, all_steps, previous, step


class Parser(argparse.ArgumentParser):
    """Refuses a wrong word with the words there are, as a WorkbookError."""

    words: Iterable[str] = ()  # what may stand as its first word

    def error(self, message: str) -> NoReturn:
        if wrong := re.search(r"invalid choice: '(.*?)'", message):
            steps = wrong[1].startswith("step")
            words = [word for word in self.words if word.startswith("step-") == steps]
            message = f"There is no {wrong[1]}. There are {', '.join(words)}."
        raise WorkbookError(message, report.command(""))


def main(words: list[str]) -> int:
    """Does what the words say; the exit code: 0 done, 1 not passed, 2 could not be done."""
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
        run_parser = verbs.add_parser("run", help="serve its chat")
        run_parser.set_defaults(verb=run)
        run_parser.add_argument("--port", type=port_number, default=8000)
        run_parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 for the whole network")
        verbs.add_parser("test", help="run its suite").set_defaults(verb=test_step)
        verbs.add_parser("diff", help="show what it changes").set_defaults(verb=diff_step)
    diff_parser = subjects.add_parser("diff", help="show what lies between two steps")
    diff_parser.set_defaults(verb=diff)
    diff_parser.add_argument("--from", dest="first", type=int, metavar="STEP")
    diff_parser.add_argument("--to", dest="last", type=int, metavar="STEP")
    subjects.add_parser("test", help="prove everything").set_defaults(verb=test)
    subjects.add_parser("bench", help="measure everything").set_defaults(verb=bench)
    subjects.add_parser("matrix", help="run the suites on every Python there is").set_defaults(
        verb=run_matrix
    )
    return top


def port_number(word: str) -> int:
    if word.isdecimal() and 0 < int(word) < 65536:
        return int(word)
    raise argparse.ArgumentTypeError(f"{word} is not a number from 1 to 65535")


def menu(_: argparse.Namespace) -> None:
    report.menu(all_steps())


def card(arguments: argparse.Namespace) -> None:
    before = previous(arguments.step)
    report.card(arguments.step, changes(before.path, arguments.step.path) if before else [])


def run(arguments: argparse.Namespace) -> int:
    name, host, port = arguments.step.name, arguments.host, arguments.port
    require_free(host, port, lambda free: report.command(f"{name} run PORT={free}"))
    return serve(arguments.step.path, host, port, lambda pages: report.pages(arguments.step, pages))


def test_step(arguments: argparse.Namespace) -> int:
    return run_suite(arguments.step.path)


def diff_step(arguments: argparse.Namespace) -> None:
    before = previous(arguments.step)
    if before is None:
        raise WorkbookError("Nothing comes before step 1.", report.command("step-2 diff"))
    report.patch(changes(before.path, arguments.step.path))


def diff(arguments: argparse.Namespace) -> None:
    if arguments.first is None or arguments.last is None:
        raise WorkbookError("It takes two steps.", report.command("diff FROM=2 TO=5"))
    report.patch(changes(step(arguments.first).path, step(arguments.last).path))


def test(_: argparse.Namespace) -> int:
    return develop("-m", "pytest")


def bench(_: argparse.Namespace) -> int:
    return develop("-m", "tests.bench")


def run_matrix(_: argparse.Namespace) -> int:
    return matrix.run(all_steps())


def develop(*command: str) -> int:
    """Runs a Python command of the developers', with their packages; 1 if it did not end well."""
    try:
        python = environment.prepare("requirements-dev.txt")
    except environment.Unprepared as problem:
        raise WorkbookError(problem.what, problem.mend) from None
    return 1 if subprocess.call([python, *command], cwd=ROOT) else 0
