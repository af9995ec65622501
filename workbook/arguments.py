"""What may be typed: a subject and a verb, as in `step-3 run`, and their options."""

import argparse
import re
from collections.abc import Callable, Iterable
from typing import Any, NoReturn, TypeAlias

from workbook.errors import WorkbookError
from workbook.invocation import option, typed
from workbook.languages import Bilingual
from workbook.layers import LAYERS
from workbook.server import LOOPBACK
from workbook.steps import Step, all_steps, step

Verbs: TypeAlias = "argparse._SubParsersAction[Parser]"


class Parser(argparse.ArgumentParser):
    """Refuses a wrong word with the words there are, as a WorkbookError."""

    words: Iterable[str] = ()  # what may stand as its first word

    def __init__(self, **about: Any) -> None:
        super().__init__(add_help=False, **about)

    def error(self, message: str) -> NoReturn:
        raise WorkbookError(self.refusal(message), typed(""))

    def refusal(self, message: str) -> Bilingual:
        """What argparse says, in both languages."""
        if wrong := re.search(r"argument (?:subject|verb): invalid choice: '(.*?)'", message):
            steps = wrong[1].startswith("step")
            words = ", ".join(word for word in self.words if word.startswith("step-") == steps)
            return Bilingual(
                f"There is no {wrong[1]}. There are {words}.", f"لا يوجد {wrong[1]}. يوجد: {words}."
            )
        if wrong := re.match(r"unrecognized arguments: (.*)", message):
            return Bilingual(f"Nothing is known of {wrong[1]}.", f"لا يُعرف معنى {wrong[1]}.")
        if wrong := re.match(r"argument (\S+): expected one argument", message):
            return Bilingual(f"{wrong[1]} wants a value.", f"يحتاج الخيار {wrong[1]} إلى قيمة.")
        if wrong := re.match(r"argument (\S+): ignored explicit argument", message):
            return Bilingual(f"{wrong[1]} takes no value.", f"لا يأخذ الخيار {wrong[1]} قيمة.")
        return Bilingual(
            f"The command cannot be read: {message}.", f"تعذّرت قراءة الأمر: {message}."
        )


def parser() -> Parser:
    """Gives `verb`, the name of what is to be done, `step`, where one was named, and options."""
    top = Parser(prog="python -m workbook")
    top.set_defaults(verb="menu", step=None)
    subjects = top.add_subparsers(metavar="subject")
    top.words = subjects.choices
    for each in all_steps():
        subject = subjects.add_parser(each.name)
        subject.set_defaults(verb="card", step=each)
        verbs = subject.add_subparsers(metavar="verb")
        subject.words = verbs.choices
        add_run(verbs)
        add_layer(add(verbs, "test"))
        add(verbs, "diff")
        add(verbs, "start")
    check = add(subjects, "check")
    add_layer(check)
    check.add_argument("--json", action="store_true")
    check.add_argument("--traceback", action="store_true")
    add(subjects, "watch")
    add(subjects, "hint")
    add_run(subjects)
    add(subjects, "solve")
    add(subjects, "saved").add_argument("--keep", type=number("KEEP", 9999))
    add(subjects, "restore").add_argument("--save", default="")
    diff = add(subjects, "diff")
    diff.add_argument("--from", dest="first", type=numbered)
    diff.add_argument("--to", dest="last", type=numbered)
    add_address(add(subjects, "walkthrough"), 8765)
    add(subjects, "notes").add_argument("--translated")
    for name in ["test", "gate", "lint", "format", "bench", "matrix", "help"]:
        add(subjects, name)
    return top


def add(verbs: Verbs, name: str) -> Parser:
    verb = verbs.add_parser(name)
    verb.set_defaults(verb=name)
    return verb


def add_run(verbs: Verbs) -> None:
    run = add(verbs, "run")
    add_address(run, 8000)
    run.add_argument("--servers", type=number("SERVERS", 8), default=1)
    add_layer(run)


def add_address(verb: Parser, port: int) -> None:
    verb.add_argument("--port", type=number("PORT", 65535), default=port)
    verb.add_argument("--host", default=LOOPBACK)


def add_layer(verb: Parser) -> None:
    verb.add_argument("--layer", type=layer)


def number(name: str, last: int) -> Callable[[str], int]:
    """The type of an option that takes a number; refuses another word by the option's name."""

    def parse(word: str) -> int:
        if word.isdecimal() and 0 < int(word) <= last:
            return int(word)
        raise WorkbookError(
            Bilingual(
                f"{option(name)} is {word}; it can be a number from 1 to {last}.",
                f"قيمة الخيار {option(name)} هي {word}، والمقبول عدد من 1 إلى {last}.",
            ),
            typed("help"),
        )

    return parse


def numbered(word: str) -> Step:
    """The type of an option that takes a step by its number."""
    if word.isdecimal():
        return step(int(word))
    raise WorkbookError(
        Bilingual(f"{word} is no step's number.", f"ليس {word} رقم خطوة."),
        typed("diff FROM=2 TO=5"),
    )


def layer(word: str) -> str:
    if word in LAYERS:
        return word
    raise WorkbookError(
        Bilingual(
            f"{option('LAYER')} is {word}; it can be {' or '.join(LAYERS)}.",
            f"قيمة الخيار {option('LAYER')} هي {word}، والمقبول {' أو '.join(LAYERS)}.",
        ),
        typed("help"),
    )
