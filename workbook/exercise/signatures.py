"""How the function is defined whose call a TypeError is about."""

import ast
import re
from collections.abc import Iterator

from workbook.exercise.deduction import Deduction, placed
from workbook.exercise.inspection import Function, called, functions, name_of, parsed
from workbook.exercise.records import Failure
from workbook.exercise.sources import Sources
from workbook.recorder.facts import Place

CALL = re.compile(r"TypeError: (?:[\w.<>]*\.)?(\w+)\(\) (.+)")


def signatures(failure: Failure, sources: Sources) -> Iterator[Deduction]:
    """What the definition lacks, of each function of that name."""
    for name, said in CALL.findall("\n".join(failure.errors)):
        for path, text in sources.python().items():
            if re.search(rf"\bdef {name}\b", text):
                tree = parsed(text)
                yield from wrong(name, said, path, tree, sources)
        yield from partials(name, said, sources)


def wrong(name: str, said: str, path: str, tree: ast.AST, sources: Sources) -> Iterator[Deduction]:
    for owner in ast.walk(tree):
        for function in ast.iter_child_nodes(owner):
            if isinstance(function, Function) and function.name == name:
                kind = lack(function, owner, said)
                place = Place(path, function.lineno)
                words = placed(place, method=name, owner=getattr(owner, "name", ""))
                if kind:
                    yield Deduction(kind, place, words)
                elif takes(function, said):
                    yield from wrappers(function, sources)


def lack(function: Function, owner: ast.AST, said: str) -> str:
    """What is wrong with the definition, or "" if the call is."""
    first = next((each.arg for each in function.args.posonlyargs + function.args.args), "")
    marks = {ast.unparse(each) for each in function.decorator_list}
    if isinstance(owner, ast.ClassDef):
        surplus = re.search(r"given|multiple values", said)
        if surplus and not marks and first not in ("self", "cls") and not function.args.vararg:
            return "method-without-self"
        if "staticmethod" in marks and first == "self" and "missing" in said:
            return "static-with-self"
    elif isinstance(owner, Function) and "unexpected keyword argument" in said:
        return "" if function.args.kwarg else "wrapper-without-keywords"
    return ""


def takes(function: Function, said: str) -> bool:
    """Whether it has the argument that was not expected, so that another stands in its place."""
    found = re.search(r"unexpected keyword argument '(\w+)'", said)
    return found is not None and found[1] in {each.arg for each in function.args.args}


def wrappers(function: Function, sources: Sources) -> Iterator[Deduction]:
    """What its decorators put in its place, if that takes no arguments by name."""
    for mark in function.decorator_list:
        name = called(mark) or name_of(mark)
        for path, decorator in functions(name, sources):
            for inner in ast.walk(decorator):
                if isinstance(inner, Function) and inner is not decorator and not inner.args.kwarg:
                    place = Place(path, inner.lineno)
                    words = placed(place, method=inner.name)
                    yield Deduction("wrapper-without-keywords", place, words)


def partials(name: str, said: str, sources: Sources) -> Iterator[Deduction]:
    """`partial` in a class makes no method: it is called without the object."""
    for path, text in sources.python().items() if "missing" in said else ():
        for owner in ast.walk(parsed(text)):
            for each in owner.body if isinstance(owner, ast.ClassDef) else ():
                made = ast.unparse(each) if isinstance(each, ast.Assign) else ""
                if found := re.match(rf"(\w+) = (?:\w+\.)?partial\((?:\w+\.)*{name}\b", made):
                    place = Place(path, each.lineno)
                    yield Deduction(
                        "partial-in-a-class", place, placed(place, name=found[1], function=name)
                    )
