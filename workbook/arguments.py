"""What may be typed: a subject and a verb, as in `step-3 run`, and their options."""

import argparse
import re
from argparse import Namespace
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any, NoReturn, TypeAlias

from workbook.errors import WorkbookError
from workbook.invocation import FLAGS, option, typed
from workbook.languages import Bilingual
from workbook.layers import LAYERS
from workbook.server import LOOPBACK, PORT
from workbook.steps import Step, all_steps, step

Verbs: TypeAlias = "argparse._SubParsersAction[Parser]"
OPTION = re.compile(r"(\w+)=(.*)", re.S)
NAME = re.compile(r"[\w-]+(\.[\w-]+)*", re.A)
UNSET = ("", "0")  # a flag of make's with such a value is none


def read(words: list[str]) -> Namespace:
    """What the words ask for; an option may be written as make has it: PORT=8001."""
    made = [found.groups() for found in map(OPTION.fullmatch, words) if found]
    others = [word for word in words if not OPTION.fullmatch(word)]
    arguments, unknown = parser().parse_known_args(others)
    if unknown:
        name, _, value = " ".join(unknown).lstrip("-").replace(" ", "=", 1).partition("=")
        raise no_option(name, value, arguments)
    for name, value in made:
        if name not in arguments.parser.takes():
            raise no_option(name, value, arguments)
    return parser().parse_args([*others, *(word for each in made for word in spelt(*each))])


def no_option(name: str, value: str, arguments: Namespace) -> WorkbookError:
    """A WorkbookError with what there is and, where it is near, what was meant."""
    takes: list[str] = arguments.parser.takes()
    words = f"{arguments.step.name if arguments.step else ''} {arguments.verb}"
    words = re.sub("menu|card", "", words).strip()
    near = get_close_matches(name.upper(), takes, 1)
    names, command = ", ".join(map(option, takes)), typed(words)
    return WorkbookError(
        Bilingual(
            f"There is no option {name} here: {command} takes {names or 'none'}.",
            f"لا يوجد هنا خيار اسمه {name}. خيارات الأمر {command}: {names or 'لا شيء'}.",
        ),
        typed(f"{words} {near[0]}={value}" if near else "help"),
    )


def spelt(name: str, value: str) -> list[str]:
    """An option of make's, as Python's are."""
    if name in FLAGS:
        return [] if value in UNSET else [f"--{name.lower()}"]
    return [f"--{name.lower()}={value}"]


class Parser(argparse.ArgumentParser):
    """Refuses a wrong word with the words there are, as a WorkbookError."""

    words: Iterable[str] = ()  # what may stand as its first word
    before = ""  # the words before that
    elsewhere: Iterable[str] = ()  # what may stand behind other words

    def __init__(self, **about: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, **about)

    def takes(self) -> list[str]:
        """The names of its options, in make's spelling."""
        return [each.option_strings[0][2:].upper() for each in self._actions if each.option_strings]

    def error(self, message: str) -> NoReturn:
        if wrong := re.search(r"argument (?:subject|verb): invalid choice: '(.*?)'", message):
            raise self.no_word(wrong[1])
        raise WorkbookError(self.refusal(message), typed(""))

    def no_word(self, word: str) -> WorkbookError:
        """A WorkbookError with the words there are and, where one is near, that command."""
        if word in self.elsewhere and self.before:
            return WorkbookError(
                Bilingual(f"No step stands before {word}.", f"يجب ألّا تُذكر خطوة قبل {word}."),
                typed(word),
            )
        if word in self.elsewhere:
            return WorkbookError(
                Bilingual(f"A step stands before {word}.", f"يجب أن تُذكر خطوة قبل {word}."),
                typed(f"step-1 {word}"),
            )
        steps = word.startswith("step")
        words = [each for each in self.words if each.startswith("step-") == steps]
        near = [] if steps else get_close_matches(word, words, 1)
        return WorkbookError(
            Bilingual(
                f"There is no {word}. There are {', '.join(words)}.",
                f"لا يوجد هنا أمر اسمه {word}. الأوامر: {', '.join(words)}.",
            ),
            typed(f"{self.before} {near[0]}".strip() if near else ""),
        )

    def refusal(self, message: str) -> Bilingual:
        """What argparse says, in both languages."""
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
    top.set_defaults(verb="menu", step=None, parser=top)
    subjects = top.add_subparsers(metavar="subject")
    top.words = subjects.choices
    for each in all_steps():
        subject = subjects.add_parser(each.name)
        subject.set_defaults(verb="card", step=each, parser=subject)
        verbs = subject.add_subparsers(metavar="verb")
        subject.words, subject.before, subject.elsewhere = verbs.choices, each.name, top.words
        add_run(verbs)
        add_layer(add(verbs, "test"))
        add(verbs, "diff")
        add(verbs, "start")
        top.elsewhere = verbs.choices
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
    add(subjects, "site")
    add(subjects, "notes").add_argument("--translated")
    for name in ["test", "pages", "gate", "lint", "format", "bench", "matrix", "help"]:
        add(subjects, name)
    return top


def add(verbs: Verbs, name: str) -> Parser:
    verb = verbs.add_parser(name)
    verb.set_defaults(verb=name, parser=verb)
    return verb


def add_run(verbs: Verbs) -> None:
    run = add(verbs, "run")
    add_address(run, PORT)
    run.add_argument("--servers", type=number("SERVERS", 8), default=1)
    add_layer(run)
    run.add_argument("--wire", action="store_true")


def add_address(verb: Parser, port: int) -> None:
    verb.add_argument("--port", type=number("PORT", 65535), default=port)
    verb.add_argument("--host", type=host, default=LOOPBACK)


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


def host(word: str) -> str:
    """The type of an option that takes an address; IPv6, where a name has colons, is not served."""
    if NAME.fullmatch(word):
        return word
    raise WorkbookError(
        Bilingual(
            f"{option('HOST')} is {word!r}; it can be an IPv4 address such as 0.0.0.0, or a name.",
            f"قيمة الخيار {option('HOST')} هي {word!r}، والمقبول عنوان IPv4 مثل 0.0.0.0 أو اسم.",
        ),
        typed("help"),
    )


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
