"""Addresses to which no route leads, or a wrong one: what is nearly right."""

import re
from collections.abc import Iterator

from workbook.exercise.deduction import Deduction, placed, shown
from workbook.recorder.facts import Fact, Route, Routed, Unrouted

EXPRESSIONS = ("(?P<", "^", "$", "\\w")  # signs of a regular expression

PARAMETERS = ("<", "(?P<")


def addresses(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """What is wrong with the routes, the surest first."""
    for fact in facts:
        if isinstance(fact, Routed) and fact.route.pattern.lstrip("^").startswith(PARAMETERS):
            said = placed(fact.route.place, path=shown(fact.path), route=shown(fact.route.pattern))
            yield Deduction("page-taken", fact.route.place, said)
        elif isinstance(fact, Routed) and is_open(fact):
            said = placed(fact.route.place, path=shown(fact.path), route=shown(fact.route.pattern))
            yield Deduction("page-open-end", fact.route.place, said)
        elif isinstance(fact, Unrouted):
            if not fact.routes:
                yield Deduction(f"{fact.scheme}-empty", None, words(fact))
            yield from to_views(fact)
            yield from misread(fact)
            yield from nearly(fact)
            yield nowhere(fact)


def is_open(fact: Routed) -> bool:
    """Whether the route is an expression that says nothing of the address's end, and took more."""
    written = fact.route.pattern.lstrip("^")
    more = len(fact.path.strip("/")) > len(written.strip("/"))
    return fact.route.expression and more and not re.search(r"\(|\$$|\\Z$", written)


def to_views(fact: Unrouted) -> Iterator[Deduction]:
    """The routes of pages, where those of WebSockets are wanted."""
    views = [route for route in fact.routes if ".views." in route.target]
    if views and fact.scheme == "socket":
        yield Deduction("socket-to-views", views[0].place, words(fact, views[0]))


def misread(fact: Unrouted) -> Iterator[Deduction]:
    """Regular expressions that are compared letter by letter."""
    for route in fact.routes:
        if not route.expression and any(sign in route.pattern for sign in EXPRESSIONS):
            yield Deduction(f"{fact.scheme}-expression", route.place, words(fact, route))


def nearly(fact: Unrouted) -> Iterator[Deduction]:
    """Routes that lead to an address which is like the one that was asked for."""
    for how, route in fact.near:
        yield Deduction(f"{fact.scheme}-{how}", route.place, words(fact, route))


def nowhere(fact: Unrouted) -> Deduction:
    """No route is like it; the kind says whether one begins as it does."""
    first = fact.path.lstrip("/").partition("/")[0]
    beside = [route for route in fact.routes if route.pattern.lstrip("^").startswith(f"{first}/")]
    kind = "unrouted" if beside else "without-beginning"
    place = next((route.place for route in beside or fact.routes if route.place), None)
    return Deduction(f"{fact.scheme}-{kind}", place, words(fact) | placed(place))


def words(fact: Unrouted, route: Route | None = None) -> dict[str, str]:
    others = ", ".join(f"`{shown(each.pattern)}`" for each in fact.routes if each.place)
    said = {"path": shown(fact.path), "routes": others or "—"}
    return said | (placed(route.place, route=shown(route.pattern)) if route else {})
