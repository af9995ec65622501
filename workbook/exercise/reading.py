"""What keeps Python from reading a learner's files, or makes it read other ones than are meant."""

import ast
import builtins
import codecs
import re
import sys
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from importlib.util import find_spec
from pkgutil import iter_modules

from workbook.exercise.deduction import Deduction, of, placed, said_by
from workbook.exercise.inspection import functions
from workbook.exercise.records import Failure
from workbook.exercise.signatures import signatures
from workbook.exercise.sources import Sources
from workbook.recorder.facts import Handled, Hidden, Place

MARKERS = re.compile(r"^(<{7}|={7}|>{7})( |$)", re.M)
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SIGN = re.compile(r"invalid (?:non-printable )?character (?:'.' \()?U\+([0-9A-F]{4,6})")
WORD = re.compile(r"([A-Za-z_]\w*)(?=[ \t]+[A-Za-z_(])")
NAMES = re.compile(r"(?:attribute|name|argument|module named|KeyError:) '(\w+)'")
NO_TEXTS = re.compile(r"""(["']).*?\1""")
NESTED = re.compile(r"""\bf(["'])[^"']*\{[^{}]*\1""")
# Two strings with nothing but a comment between them.
ADJACENT = re.compile(r"""(["'])(?P<first>[\w.]+)\1\s*(?:#.*\s*)*(?=(["'])(?P<second>[\w.]+)\3)""")
ALPHABETS = ("CYRILLIC", "GREEK")
KEYWORDS = [
    "async", "await", "class", "elif", "else", "except", "from", "import", "lambda", "return",
    "while", "yield",
]  # fmt: skip
# What is typed in place of what is meant, where the two look alike or stand on one key.
MEANT = {
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’‚`´", "'"),
    "،": ",",
    "؛": ";",
    "؟": "?",
    "–": "-",
    "—": "-",
    "−": "-",
    "\u00a0": "space",
    "…": "...",
}
LATIN = str.maketrans("аеорсухіјѕԁһԛԝАВЕКМНОРСТХονικρα", "aeopcyxijsdhqwABEKMHOPCTXovikpa")
SYNTAX = ("SyntaxError", "IndentationError", "TabError")


def reading(failure: Failure, sources: Sources) -> Iterator[Deduction]:
    """What is wrong with the files themselves, the surest first."""
    yield from hidden(failure)
    yield from nested(sources)
    errors = "\n".join(failure.errors)
    if any(name in errors for name in (*SYNTAX, "UnicodeDecodeError")):
        yield from encodings(sources)
    if failure.place and (message := syntax_error(failure)):
        yield from misread(message, failure.place, sources)
    yield from look_alikes(errors, failure.place)
    yield from strange_names(sources)
    yield from near_modules(errors, failure.place)
    yield from imports(errors, failure.place, sources)
    yield from tables(errors, failure.place)
    yield from instead(errors, failure.place, sources)
    yield from signatures(failure, sources)


def hidden(failure: Failure) -> Iterator[Deduction]:
    for fact in failure.facts:
        if isinstance(fact, Hidden):
            place = Place(fact.path, 1)
            yield Deduction("hidden-module", place, placed(place, module=fact.module))


def nested(sources: Sources) -> Iterator[Deduction]:
    """Another project that lies within this one."""
    for path in sources.texts("*/manage.py"):
        yield Deduction("project-in-project", Place(path, 1), placed(Place(path, 1)))


def encodings(sources: Sources) -> Iterator[Deduction]:
    """Files that are no UTF-8."""
    for path, content in sources.contents():
        place = Place(path, 1)
        if content.startswith(UTF_16):
            yield Deduction("utf-16", place, placed(place))
            continue
        try:
            content.decode()
        except UnicodeDecodeError as error:
            place = Place(path, content[: error.start].count(b"\n") + 1)
            yield Deduction("no-utf-8", place, placed(place))


def syntax_error(failure: Failure) -> str:
    """What Python says of a line that it cannot read, or ""."""
    said = next((each for each in failure.errors if each.startswith(SYNTAX)), "")
    return said.partition(": ")[2]


def misread(message: str, place: Place, sources: Sources) -> Iterator[Deduction]:
    """What in the line, or in its file, is no Python."""
    text = sources.texts(place.path).get(place.path, "")
    if marker := MARKERS.search(text):
        marked = Place(place.path, text[: marker.start()].count("\n") + 1)
        yield Deduction("merge-markers", marked, placed(marked))
    if sign := SIGN.search(message):
        yield foreign(chr(int(sign[1], 16)), place)
    line = line_at(place, text)
    if sys.version_info < (3, 12) and NESTED.search(line):
        yield Deduction("nested-quotes", place, placed(place))
    for word in WORD.findall(line) if message.startswith("invalid syntax") else []:
        near = get_close_matches(word, KEYWORDS, 1, 0.75)
        if near and word not in near and not hasattr(builtins, word):
            yield Deduction("keyword-misspelt", place, placed(place, word=word, near=near[0]))


def line_in(place: Place, sources: Sources) -> str:
    return line_at(place, sources.texts(place.path).get(place.path, ""))


def line_at(place: Place, text: str) -> str:
    return "".join(text.split("\n")[place.line - 1 : place.line])


def foreign(sign: str, place: Place) -> Deduction:
    """A sign that looks like one of Python's, or like nothing."""
    visible = sign.isprintable() and not sign.isspace()
    meant = MEANT.get(sign) or (str(unicodedata.digit(sign)) if sign.isdigit() else "")
    kind = "foreign-sign" if visible and meant else "strange-sign" if visible else "invisible-sign"
    return Deduction(kind, place, placed(place, sign=sign, meant=meant, **named(sign)))


def named(sign: str) -> dict[str, str]:
    return {"code": f"U+{ord(sign):04X}", "name": unicodedata.name(sign, "")}


def look_alikes(errors: str, place: Place | None) -> Iterator[Deduction]:
    """Names that hold letters of another alphabet which look like Latin ones."""
    for word in NAMES.findall(errors):
        yield from look_alike(word, place)


def strange_names(sources: Sources) -> Iterator[Deduction]:
    """The same in names that nothing has asked for, since what is asked for is spelt otherwise."""
    for path, text in sources.code():
        for number, line in enumerate(text.split("\n"), start=1):
            for word in re.findall(r"[^\W\d]\w*", NO_TEXTS.sub("", line)):
                if re.search("[A-Za-z]", word):
                    yield from look_alike(word, Place(path, number))


def look_alike(word: str, place: Place | None) -> Iterator[Deduction]:
    strange = [sign for sign in word if unicodedata.name(sign, "").startswith(ALPHABETS)]
    if strange:
        meant = word.translate(LATIN)
        words = placed(place, word=word, sign=strange[0], meant=meant, **named(strange[0]))
        yield Deduction("look-alike", place, words)


def near_modules(errors: str, place: Place | None) -> Iterator[Deduction]:
    """Modules of a package that is there, whose names come near to one that is not."""
    for package, name in re.findall(r"No module named '([\w.]+)\.(\w+)'", errors):
        try:
            found = find_spec(package)
        except (ImportError, ValueError):
            continue
        folders = found.submodule_search_locations if found else None
        names = [module.name for module in iter_modules(folders or [])]
        for near in get_close_matches(name, names, 1) if place else []:
            words = placed(place, module=f"{package}.{name}", near=f"{package}.{near}")
            yield Deduction("module-near", place, words)


def imports(errors: str, place: Place | None, sources: Sources) -> Iterator[Deduction]:
    """Modules that are not there, and such as wait for one another."""
    if found := re.search(r"partially initialized module '([\w.]+)'", errors):
        yield Deduction("circular-import", place, placed(place, module=found[1]))
    for module in re.findall(r"ModuleNotFoundError: No module named '([\w.]+)'", errors):
        top = module.partition(".")[0]
        own = sources.has(top) or sources.has(f"{top}.py")
        if place and not own and top not in sys.stdlib_module_names and find_spec(top) is None:
            yield Deduction("not-installed", place, placed(place, module=top))


def tables(errors: str, place: Place | None) -> Iterator[Deduction]:
    """Models without a table that is as they are."""
    for label, model in re.findall(r"^NoMigration: (\w+)\.(\w+)$", errors, re.M):
        yield Deduction("no-migration", place, placed(place, app=label, model=model))


def instead(errors: str, place: Place | None, sources: Sources) -> Iterator[Deduction]:
    """A file of the project's where the module of Python's that has its name is meant."""
    for module, attribute in re.findall(r"module '([\w.]+\.\w+)' has no attribute '(\w+)'", errors):
        name, own = module.rpartition(".")[2], f"{module.replace('.', '/')}.py"
        if place and name in sys.stdlib_module_names and sources.has(own):
            words = placed(place, name=name, own=own, attribute=attribute)
            yield Deduction("own-module-instead", place, words)


def unexplained(failure: Failure, sources: Sources) -> Iterator[Deduction]:
    """What is true of a failure of which nothing better is known."""
    place = failure.place
    yield from in_the_line(failure, sources)
    yield from run_together(failure, sources)
    if place and (message := syntax_error(failure)):
        yield Deduction("cannot-be-read", place, placed(place, message=message))
    for module in re.findall(r"No module named '([\w.]+)'", "\n".join(failure.errors)):
        if place is None and not sources.has(module.partition(".")[0]):
            yield Deduction("app-not-found", None, {"module": module})
        if "." in module and sources.has(module.partition(".")[0]):
            wanted = f"{module.replace('.', '/')}.py"
            yield Deduction("own-module-missing", place, placed(place, wanted=wanted))


def run_together(failure: Failure, sources: Sources) -> Iterator[Deduction]:
    """Names that became one, since no comma stands between them, and that is no module's."""
    missing = re.findall(r"No module named '([\w.]+)'", "\n".join(failure.errors))
    for path, text in sources.python().items() if missing else ():
        for found in ADJACENT.finditer(text):
            joined = found["first"] + found["second"]
            for module in missing:
                if f"{joined}.".startswith(f"{module}."):
                    place = Place(path, text[: found.start()].count("\n") + 1)
                    words = placed(place, first=found["first"], joined=module)
                    yield Deduction("names-run-together", place, words)


def in_the_line(failure: Failure, sources: Sources) -> Iterator[Deduction]:
    """What the line that failed says, together with the error."""
    place, errors = failure.place, "\n".join(failure.errors)
    if "'NoneType' object is not callable" in errors:
        yield from empty_decorators(sources)
    if re.search(r"TypeError: .*__init__\(\) takes 1 positional argument", errors):
        yield from bare_classes(sources)
    if place is None:
        return
    line = line_in(place, sources)
    if "Object of type coroutine is not JSON serializable" in errors:
        yield from coroutines(failure, place, sources)
    if re.search("NoneType.*(await|be awaited)", errors):
        for call in re.findall(r"await ([\w.]+)\(", line):
            yield Deduction("awaited-nothing", place, placed(place, call=call))
    for attribute in re.findall(r"object has no attribute '(\w+)'", errors):
        assigned = assignments(sources)
        near = get_close_matches(attribute, assigned, 1, 0.78)
        if near and attribute not in assigned:
            words = placed(place, attribute=attribute, near=near[0])
            yield Deduction("attribute-near", place, words)


def bare_classes(sources: Sources) -> Iterator[Deduction]:
    """Routes that lead to a class itself, where what `as_view` makes of it is meant."""
    for path, text in sources.python().items():
        for number, line in enumerate(text.split("\n"), start=1):
            if found := re.search(r"\bpath\(.*,\s*(?:\w+\.)*([A-Z]\w*)\s*[,)]", line):
                place = Place(path, number)
                yield Deduction("class-in-a-route", place, placed(place, name=found[1]))


def empty_decorators(sources: Sources) -> Iterator[Deduction]:
    """Functions that are used as decorators, hold another function, and do not return it."""
    files = sources.python()
    for path, text in files.items():
        for found in re.finditer(r"^def (\w+)\(.*\):\n((?:(?:[ \t].*)?\n)*)", text, re.M):
            name, body = found.groups()
            inner = re.search(r"^(?P<indent>[ \t]+)(?:async )?def (?P<name>\w+)", body, re.M)
            used = any(re.search(rf"^\s*@(\w+\.)*{name}\b", each, re.M) for each in files.values())
            if inner and used and not re.search(rf"^{inner['indent']}return\b", body, re.M):
                place = Place(path, text[: found.start()].count("\n") + 1)
                words = placed(place, name=name, inner=inner["name"])
                yield Deduction("decorator-returns-nothing", place, words)


def coroutines(failure: Failure, place: Place, sources: Sources) -> Iterator[Deduction]:
    """Calls in the line that give a coroutine, where a value is meant."""
    by = next((fact.raised for fact in of(Handled, failure.facts) if fact.raised), None)
    for call in re.findall(r"(?<!await )\b((?:\w+\.)*\w+)\(", line_in(place, sources)):
        for _, function in functions(call.rpartition(".")[2], sources):
            wrapped = "sync_to_async" in " ".join(map(ast.unparse, function.decorator_list))
            if by and (wrapped or isinstance(function, ast.AsyncFunctionDef)):
                words = said_by(by, **placed(place), call=call)
                yield Deduction("forgotten-call", place, words)


def assignments(sources: Sources) -> set[str]:
    """The attributes that the project gives a value to."""
    pattern = re.compile(r"\bself\.(\w+)(?:\s*:[^=\n]+)?\s*=(?!=)")
    return {name for text in sources.python().values() for name in pattern.findall(text)}
