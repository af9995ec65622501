"""Addresses to which no route of the project leads, and what leads to those that are like them."""

from collections.abc import Iterator
from functools import wraps
from typing import Any
from weakref import WeakKeyDictionary

from workbook.recorder.facts import Place, Route, Routed, Unrouted
from workbook.recorder.recorder import Recorder, replace

NAME = "lobby"  # which any route for names takes

places: WeakKeyDictionary[Any, Place] = WeakKeyDictionary()


def watch_routes(recorder: Recorder) -> None:
    """Where the project's routes are made, and which addresses they do not lead to."""
    from channels.routing import URLRouter
    from django.core.handlers.base import BaseHandler
    from django.urls import Resolver404, URLPattern, URLResolver, get_resolver

    resolve, call = BaseHandler.resolve_request, URLRouter.__call__

    @wraps(resolve)
    def resolving(self: Any, request: Any) -> Any:
        patterns = get_resolver(getattr(request, "urlconf", None)).url_patterns
        path = request.path_info
        try:
            match = resolve(self, request)
        except Resolver404:
            recorder.note(unrouted("page", patterns, path))
            raise
        if route := found(patterns, path.removeprefix("/")):
            recorder.note(Routed(path, route))
        return match

    @wraps(call)
    async def routing(self: Any, scope: Any, receive: Any, send: Any) -> None:
        path = str(scope.get("path", ""))
        if "path_remaining" not in scope and not found(self.routes, path.lstrip("/")):
            recorder.note(unrouted("socket", self.routes, path))
        await call(self, scope, receive, send)

    for kind in [URLPattern, URLResolver]:
        watch_making(kind, recorder)
    replace(BaseHandler, "resolve_request", resolving)
    replace(URLRouter, "__call__", routing)


def watch_making(kind: Any, recorder: Recorder) -> None:
    """Of each route the line of the project that makes it."""
    make = kind.__init__

    @wraps(make)
    def making(self: Any, *arguments: Any, **named: Any) -> None:
        make(self, *arguments, **named)
        if caller := recorder.caller():
            places[self] = caller.place

    replace(kind, "__init__", making)


def unrouted(scheme: str, patterns: Any, path: str) -> Unrouted:
    """What there is in place of a route to the path."""
    rest = path.lstrip("/")
    near = [(how, route) for how, each in like(rest) if (route := found(patterns, each))]
    return Unrouted(scheme, path, tuple(walked(patterns)), tuple(near))


def like(rest: str) -> Iterator[tuple[str, str]]:
    """Addresses that a route leads to which is nearly right, and in which way each is like that."""
    parts = rest.rstrip("/").split("/")
    yield "slash-before", f"/{rest}"
    yield "slash-missing", rest.rstrip("/")
    for number in range(1, len(parts)):
        first, others = "/".join(parts[:number]), "/".join(parts[number:])
        yield "slash-before", f"{first}//{others}/"
        yield "twice", f"{first}/{rest}"
        yield "short", f"{others}/"
        yield "glued", f"{first}{others}/"
        yield "few-names", f"{first}/{NAME}/"


def found(patterns: Any, rest: str, prefix: str = "") -> Route | None:
    """The route that leads to what is left of an address."""
    for each in patterns:
        if match := each.pattern.match(rest):
            route, inner = f"{prefix}{each.pattern}", within(each)
            if inner is None:
                return route_of(each, route)
            if deeper := found(inner, match[0], route):
                return deeper
    return None


def walked(patterns: Any, prefix: str = "") -> Iterator[Route]:
    """All the routes, those that are included with what they are included under."""
    for each in patterns:
        route, inner = f"{prefix}{each.pattern}", within(each)
        if inner is None:
            yield route_of(each, route)
        else:
            yield from walked(inner, route)


def route_of(pattern: Any, written: str) -> Route:
    from django.urls.resolvers import RegexPattern

    is_expression = isinstance(pattern.pattern, RegexPattern)
    return Route(written, is_expression, target_of(pattern.callback), places.get(pattern))


def target_of(callback: Any) -> str:
    """The class to which a route leads, or the function, with its module."""
    target = getattr(callback, "consumer_class", callback)
    return f"{target.__module__}.{getattr(target, '__qualname__', type(target).__qualname__)}"


def within(pattern: Any) -> Any:
    """The routes that one leads on to; None for one that leads to a view or a consumer."""
    return getattr(pattern, "url_patterns", None) or getattr(pattern.callback, "routes", None)
