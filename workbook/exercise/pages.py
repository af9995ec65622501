"""What the pages' own text adds to a failure in one of them."""

import re
from collections.abc import Iterator

from workbook.exercise.deduction import Deduction, placed, shortened
from workbook.exercise.inspection import functions, line_at, returned
from workbook.exercise.records import Failure
from workbook.exercise.sources import Sources
from workbook.recorder.facts import Place

PAGES = "**/*.[hj][ts]*"  # templates and scripts
BLOCK = re.compile(r"\{%\s*block\s+(\w+).*?%\}(.*?)\{%\s*endblock", re.S)
EXTENDS = re.compile(r"""\{%\s*extends\s+["'](.+?)["']""")


def pages(failure: Failure, sources: Sources) -> Iterator[Deduction]:
    """What in the templates and the scripts explains the failure."""
    errors = "\n".join(failure.errors)
    place = failure.place
    if place and (text := sources.texts(place.path).get(place.path)):
        line = line_at(text, place.line)
        if "ScriptError: SyntaxError" in errors and re.search(r"\bawait\b", line):
            yield Deduction("await-outside-async", place, placed(place))
        for used in (place.line, place.line + 1):  # an engine may count from the statement before
            yield from declared_twice(errors, text, Place(place.path, used))
    for name in re.findall(r"the WebSocket is that of the room (\S+)$", errors, re.M):
        yield from written(name, sources)
    if re.search("the WebSocket|the page", errors):
        yield from forgotten_contexts(sources)
    if "the page opens no WebSocket" in errors:
        yield from nobodys_blocks(sources)


def declared_twice(errors: str, text: str, place: Place) -> Iterator[Deduction]:
    """A name that has no value in the line, since another of the same name was given one."""
    if not re.search(r"TypeError: cannot read property '\w+' of undefined", errors):
        return
    for name in dict.fromkeys(re.findall(r"\b(\w+)\.\w", line_at(text, place.line))):
        declared = [*re.finditer(rf"\b(?:let|var|const)\s+{name}\b", text)]
        given = [each for each in declared if re.match(r"\s*=[^=]", text[each.end() :])]
        if len(declared) > len(given) == 1:
            inner = Place(place.path, text[: given[0].start()].count("\n") + 1)
            yield Deduction("declared-twice", inner, placed(inner, name=name, used=str(place.line)))


def written(name: str, sources: Sources) -> Iterator[Deduction]:
    """A room's name that stands in the script, for whatever room the page is."""
    for path, text in sources.texts(PAGES).items():
        for number, line in enumerate(text.split("\n"), start=1):
            if re.search(rf"""/ws/chat/{re.escape(name)}\b|["'`]{re.escape(name)}["'`]""", line):
                place = Place(path, number)
                words = placed(place, room=name, code=shortened(line.strip()))
                yield Deduction("room-written-in-the-page", place, words)


def forgotten_contexts(sources: Sources) -> Iterator[Deduction]:
    """Views whose `get_context_data` returns nothing, so that the template has no names."""
    for path, function in functions("get_context_data", sources):
        if returned(function) is None:
            place = Place(path, function.lineno)
            yield Deduction("context-not-returned", place, placed(place))


def nobodys_blocks(sources: Sources) -> Iterator[Deduction]:
    """Blocks with a script in them that the template which is extended does not have."""
    texts = sources.texts("**/*.html")
    for path, text in texts.items():
        parents = [*ancestors(text, texts)]
        has = {name for parent in parents for name in re.findall(r"\{%\s*block\s+(\w+)", parent)}
        for block in BLOCK.finditer(text) if parents else ():
            if block[1] not in has and re.search(r"<script|WebSocket", block[2]):
                place = Place(path, text[: block.start()].count("\n") + 1)
                parent = EXTENDS.search(text)
                words = placed(place, block=block[1], parent=parent[1] if parent else "")
                yield Deduction("block-of-nobody", place, words)


def ancestors(text: str, texts: dict[str, str]) -> Iterator[str]:
    """The templates that a template extends, the nearest first."""
    seen = set()
    while found := EXTENDS.search(text):
        path = next((each for each in texts if f"/{each}".endswith(f"/{found[1]}")), "")
        if not path or path in seen:
            return
        seen.add(path)
        text = texts[path]
        yield text
