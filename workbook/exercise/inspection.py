"""What the learner's own lines add to something that happened: the call, and what it hangs on."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace

from workbook.exercise.deduction import Deduction, placed, shortened
from workbook.exercise.sources import Sources
from workbook.recorder.facts import Place

Function = ast.FunctionDef | ast.AsyncFunctionDef
ENDED = {"frame-unanswered", "event-unanswered", "not-accepted", "closed"}
ANSWERS = {"send", "send_json", "group_send", "put", "put_nowait"}
SILENT = {"print", "debug", "info", "warning", "error", "exception", "append", "add", "loads"}
GATES = (ast.If, ast.For, ast.While, ast.AsyncFor, ast.match_case)
# What makes such answers, if it stands in one of the files.
SEARCHED = {
    "answer-lost-letters": r"A-Za-z|A-Z0-9|['\"]ascii['\"]|isascii",
    "answer-escaped": r"\bescape\(",
    "answer-empty": r"""\.get\(["'](?!message["'])(?P<key>\w+)["']""",
}
WRITTEN = {"answer-without-message": "key"}


def inspected(deduction: Deduction, sources: Sources) -> Iterator[Deduction]:
    """What is known more closely, the closest first, and the deduction itself."""
    if found := written_in(deduction, sources):
        words = deduction.words | placed(found)
        yield replace(deduction, place=found, words=words)
        return
    if deduction.kind in SEARCHED:
        yield from searched(deduction, sources)
    if deduction.kind in {"still-waiting", "stuck", "blocked", "recursion"} and deduction.place:
        text = sources.texts(deduction.place.path).get(deduction.place.path, "")
        code = shortened(line_at(text, deduction.place.line))
        deduction = replace(deduction, words=deduction.words | {"code": code})
        if re.search(rf"\.{deduction.words.get('by')}\(", code):
            yield replace(deduction, kind="calls-itself")
    if deduction.kind == "frame-unanswered-by-base" and deduction.place:
        yield from defined_twice(deduction, sources)
    if deduction.kind in ENDED and deduction.place:
        text = sources.texts(deduction.place.path).get(deduction.place.path, "")
        if method := method_at(deduction.place, text):
            yield from again(deduction, method, text)
            yield from ended(deduction, method, text, sources)
            yield from handed_on(deduction, method, text, sources)
    if deduction.kind.startswith(("forgotten-", "sync-forgotten-")) and deduction.place:
        yield as_written(deduction, sources)
    else:
        yield deduction


def searched(deduction: Deduction, sources: Sources) -> Iterator[Deduction]:
    """The first line in which something stands that makes such an answer."""
    for path, text in sources.python().items():
        for number, line in enumerate(text.split("\n"), start=1):
            found = re.search(SEARCHED[deduction.kind], line)
            if found and not path.startswith("mysite/"):  # which may have patterns of its own
                place = Place(path, number)
                here = placed(place, code=shortened(line.strip()), **found.groupdict())
                yield Deduction(f"{deduction.kind}-here", place, deduction.words | here)
                return


def written_in(deduction: Deduction, sources: Sources) -> Place | None:
    """Where the key stands that was sent, in whatever file."""
    wanted = re.escape(deduction.words.get(WRITTEN.get(deduction.kind, ""), ""))
    places = [
        Place(path, number)
        for path, text in (sources.python().items() if wanted else [])
        for number, line in enumerate(text.split("\n"), start=1)
        if re.search(rf"""["']{wanted}["']|\b{wanted}=""", line)
    ]
    near = [each for each in places if deduction.place and each.path == deduction.place.path]
    return next(iter([*near, *places]), None)


def defined_twice(deduction: Deduction, sources: Sources) -> Iterator[Deduction]:
    """A class that another of the same name in the same file replaces."""
    assert deduction.place
    text = sources.texts(deduction.place.path).get(deduction.place.path, "")
    lines = [
        each.lineno
        for each in ast.walk(parsed(text))
        if isinstance(each, ast.ClassDef) and each.name == deduction.words.get("consumer")
    ]
    if len(lines) > 1:
        place = Place(deduction.place.path, max(lines))
        words = deduction.words | placed(place, first=str(min(lines)))
        yield Deduction("class-twice", place, words)


def method_at(place: Place, text: str) -> Function | None:
    """The function that begins in the line, with its first decorator if it has any."""
    for node in ast.walk(parsed(text)):
        if isinstance(node, Function):
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            if first == place.line:
                return node
    return None


def parsed(text: str) -> ast.AST:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError):
        return ast.Module([], [])


def ended(
    deduction: Deduction, method: Function, text: str, sources: Sources
) -> Iterator[Deduction]:
    """Why a method that ran to its end has sent nothing, as far as its own lines say it."""
    assert deduction.place
    accepting = deduction.kind in {"not-accepted", "closed"}
    wanted = {"accept"} if accepting else ANSWERS
    calls = [
        each
        for each in ast.walk(method)
        if called(each) in wanted and not is_for_errors(each, method)
    ]
    if calls:
        last = max(calls, key=lambda each: getattr(each, "lineno", 0))
        yield from unreached(deduction, method, last, text, accepting)
    elif not accepting:
        yield from dropped(deduction, method, sources)


def is_for_errors(call: ast.AST, method: Function) -> bool:
    """Whether a call answers what is wrong, and not what is right."""
    caught = any(isinstance(each, ast.ExceptHandler) for each in path_to(call, method))
    return caught or "'error'" in ast.unparse(call)


def called(node: ast.AST) -> str:
    """The last name of what a call calls, "" for anything else."""
    function = node.func if isinstance(node, ast.Call) else None
    if isinstance(function, ast.Call):
        return next((name_of(each) for each in function.args), "")
    return name_of(function)


def name_of(node: ast.AST | None) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def unreached(
    deduction: Deduction, method: Function, call: ast.AST, text: str, accepting: bool
) -> Iterator[Deduction]:
    """A call that was not made: what it stands in, or what leads out before it."""
    way = path_to(call, method)
    line = getattr(call, "lineno", 0)
    words = deduction.words | {"line": str(line), "call": shortened(line_at(text, line))}
    assert deduction.place
    place = Place(deduction.place.path, line)
    if any(isinstance(each, ast.Lambda) for each in way):
        yield Deduction("never-called", place, words)
        return
    gates = [each for each in way if isinstance(each, GATES)] or leading_out(method, line)
    if gates:
        gate = gates[-1]
        number = gate.pattern.lineno if isinstance(gate, ast.match_case) else gate.lineno
        words |= {"gate": shortened(line_at(text, number)), "gate_line": str(number)}
        kind = "accept-unreached" if accepting else "unreached"
        kind += "-by-case" if isinstance(gate, ast.match_case) else ""
        kind += "-any-more" if kind == "unreached" and words.get("answered", "0") != "0" else ""
        yield Deduction(kind, Place(place.path, number), words)


def path_to(node: ast.AST, root: ast.AST) -> list[ast.AST]:
    """What the node stands in, the outermost first."""
    for child in ast.iter_child_nodes(root):
        if child is node:
            return [root]
        if way := path_to(node, child):
            return [root, *way]
    return []


def leading_out(method: Function, line: int) -> list[ast.If]:
    """Conditions before the line that end the method where they hold."""
    return [
        each
        for each in ast.walk(method)
        if isinstance(each, ast.If)
        and each.lineno < line
        and any(isinstance(last, ast.Return) for last in (each.body[-1], *each.orelse[-1:]))
    ]


def again(deduction: Deduction, method: Function, text: str) -> Iterator[Deduction]:
    """A method that stands in its class twice: the last one counts."""
    for owner in ast.walk(parsed(text)):
        if isinstance(owner, ast.ClassDef) and method.name in {
            name_in(each) for each in owner.body
        }:
            lines = [each.lineno for each in owner.body if name_in(each) == method.name]
            if len(lines) > 1 and lines[-1] == method.lineno:
                yield replace(
                    deduction,
                    kind="method-twice",
                    words=deduction.words | {"first": str(lines[0]), "owner": owner.name},
                )


def name_in(node: ast.AST) -> str:
    return node.name if isinstance(node, Function | ast.ClassDef) else ""


def handed_on(
    deduction: Deduction, method: Function, text: str, sources: Sources
) -> Iterator[Deduction]:
    """What the method has left the sending to: a thread, a generator, or what it called last."""
    assert deduction.place
    if deduction.kind not in {"frame-unanswered", "event-unanswered"}:
        return
    calls = [each for each in ast.walk(method) if called(each) not in {"", "super", *SILENT}]
    for call in sorted(calls, key=lambda each: getattr(each, "lineno", 0), reverse=True):
        place = Place(deduction.place.path, getattr(call, "lineno", 0))
        code = shortened(line_at(text, place.line))
        words = deduction.words | {"call": code, "call_line": str(place.line)}
        if called(call) in {"Thread", "Timer"} and ".start(" not in ast.unparse(method):
            yield Deduction("thread-not-started", place, words)
        elif called(call) in {"Thread", "Timer"} and is_coroutine(call, method):
            yield Deduction("thread-of-a-coroutine", place, words)
        elif is_thrown_away(call, method) and is_generator(called(call), sources):
            yield Deduction("generator-not-run", place, words | {"helper": called(call)})
    statements = [each for each in calls if is_thrown_away(each, method)]
    if statements:
        line = max(getattr(each, "lineno", 0) for each in statements)
        words = deduction.words | {"call": shortened(line_at(text, line)), "call_line": str(line)}
        yield Deduction(f"{deduction.kind}-but-called", Place(deduction.place.path, line), words)


def is_thrown_away(call: ast.AST, method: Function) -> bool:
    """Whether a call is a statement of its own, awaited or not."""
    values = [each.value for each in ast.walk(method) if isinstance(each, ast.Expr)]
    return call in [each.value if isinstance(each, ast.Await) else each for each in values]


def is_coroutine(call: ast.AST, method: Function) -> bool:
    """Whether a thread is to run what belongs to an asynchronous consumer."""
    target = [each.value for each in getattr(call, "keywords", []) if each.arg == "target"]
    own = [each for each in target if ast.unparse(each).startswith("self.")]
    return isinstance(method, ast.AsyncFunctionDef) and bool(own)


def is_generator(name: str, sources: Sources) -> bool:
    return any(
        isinstance(each, ast.Yield | ast.YieldFrom)
        for _, helper in functions(name, sources)
        for each in ast.walk(helper)
    )


def dropped(deduction: Deduction, method: Function, sources: Sources) -> Iterator[Deduction]:
    """What a method returns, and what it is given back and does not use."""
    assert deduction.place
    if value := returned(method):
        place = Place(deduction.place.path, value.lineno)
        yield Deduction("value-returned", place, deduction.words | placed(place))
    else:
        for name, place in unused(method, sources, set()):
            words = deduction.words | placed(place, helper=name)
            yield Deduction("value-dropped", place, words)


def unused(function: Function, sources: Sources, seen: set[str]) -> Iterator[tuple[str, Place]]:
    """The project's functions whose value is thrown away in this one, or in one that it calls."""
    for each in ast.walk(function):
        name = called(each.value) if isinstance(each, ast.Expr) else ""
        if name and name not in seen:
            for path, helper in functions(name, sources):
                value = returned(helper)
                if value and re.search(r"dumps|message|text|\{", ast.unparse(value)):
                    yield name, Place(path, value.lineno)
                yield from unused(helper, sources, seen | {name})


def returned(function: Function) -> ast.Return | None:
    """Where it returns a value, unless that is None."""
    for each in ast.walk(function):
        nothing = getattr(each, "value", None) is None or ast.unparse(each) == "return None"
        if isinstance(each, ast.Return) and not nothing:
            return each
    return None


def functions(name: str, sources: Sources) -> Iterator[tuple[str, Function]]:
    """The project's functions of that name, with their files."""
    for path, text in sources.python().items():
        if f"def {name}" in text:
            for each in ast.walk(parsed(text)):
                if isinstance(each, Function) and each.name == name:
                    yield path, each


def as_written(deduction: Deduction, sources: Sources) -> Deduction:
    """The call as the learner wrote it, who may have given the function another name."""
    assert deduction.place
    text = sources.texts(deduction.place.path).get(deduction.place.path, "")
    tree = parsed(text)
    awaited = {each.value for each in ast.walk(tree) if isinstance(each, ast.Await)}
    calls = [
        each
        for each in ast.walk(tree)
        if isinstance(each, ast.Call)
        and each.lineno <= deduction.place.line <= (each.end_lineno or 0)
        and each not in awaited
    ]
    around = function_around(deduction.place.line, tree)
    if isinstance(around, ast.FunctionDef) and deduction.kind.startswith("forgotten-"):
        deduction = replace(deduction, kind=deduction.kind.replace("forgotten", "plain"))
        words = deduction.words | {"by": around.name}
        deduction = replace(deduction, words=words)
    same = [each for each in calls if called(each) == deduction.words.get("call")]
    for each in [*same, *calls]:
        if written := ast.get_source_segment(text, each):
            words = deduction.words | {"call": shortened(" ".join(written.split()))}
            return replace(deduction, words=words)
    return deduction


def function_around(line: int, tree: ast.AST) -> Function | None:
    """The innermost function in which a line stands."""
    found = [
        each
        for each in ast.walk(tree)
        if isinstance(each, Function) and each.lineno <= line <= (each.end_lineno or 0)
    ]
    return max(found, key=lambda each: each.lineno, default=None)


def line_at(text: str, number: int) -> str:
    return "".join(text.split("\n")[number - 1 : number]).strip()
