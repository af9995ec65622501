"""Which consumer serves, what it is told, and what it sends."""

import sys
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from functools import cache, partial, wraps
from typing import Any

from workbook.recorder.facts import Caller, Handled, Place, Refused, Sent, Served
from workbook.recorder.recorder import LONGEST, Recorder, calling, handling, replace, written

HANDED_ON = {
    "websocket.connect": ["connect"],
    "websocket.receive": ["receive_json", "receive"],
    "websocket.disconnect": ["disconnect"],
}

serving: ContextVar[Any] = ContextVar("serving", default=None)
connection: ContextVar[int] = ContextVar("connection", default=0)


def watch_consumers(recorder: Recorder) -> None:
    """Which consumer serves, what it is told, and what it sends."""
    from asgiref.sync import AsyncToSync
    from channels import consumer

    call, dispatch_many = consumer.AsyncConsumer.__call__, consumer.await_many_dispatch

    @wraps(call)
    async def serve(self: Any, scope: Any, receive: Any, send: Any) -> None:
        kind: Any = type(self)
        bases = tuple(f"{each.__module__}.{each.__qualname__}" for each in kind.__mro__[1:-1])
        place = next(
            (found for each in vars(kind).values() if (found := recorder.place_of(each))), None
        )
        path = str(scope.get("path", ""))
        number = next(recorder.numbers)
        about = kind.__qualname__, bases, bool(kind._sync), place, path
        recorder.note(Served(*about, number, own_methods(recorder, kind), file_of(recorder, kind)))
        serving.set(self)
        connection.set(number)

        if recorder.is_live:  # what is sent travels, and is noted there
            await call(self, scope, receive, send)
            return

        async def sending(message: Any) -> None:
            text = message.get("text") if isinstance(message, dict) else None
            kept = text[:LONGEST] if isinstance(text, str) else None
            kind = str(message.get("type", "")) if isinstance(message, dict) else ""
            is_bytes = isinstance(message, dict) and message.get("bytes") is not None
            recorder.note(Sent(kind, kept, recorder.caller(), handling.get(), is_bytes))
            await send(message)

        await call(self, scope, receive, sending)

    async def dispatch_all(callables: Any, dispatch: Callable[[Any], Awaitable[None]]) -> None:
        note: Any = told if recorder.is_live else noted
        await dispatch_many(callables, partial(note, recorder, serving.get(), dispatch))

    def synchronously(self: Any, *arguments: Any, **named: Any) -> Any:
        token = calling.set(recorder.caller())
        try:
            return sync_call(self, *arguments, **named)
        finally:
            calling.reset(token)

    sync_call = AsyncToSync.__call__
    replace(AsyncToSync, "__call__", synchronously)
    replace(consumer.AsyncConsumer, "__call__", serve)
    replace(consumer, "await_many_dispatch", dispatch_all)


async def noted(
    recorder: Recorder, served: Any, dispatch: Callable[[Any], Awaitable[None]], message: Any
) -> None:
    """Hands an event on to the consumer, and notes which method took it and what came of it."""
    from channels.exceptions import StopConsumer

    number = next(recorder.numbers)
    kind = str(message.get("type", ""))
    method = method_for(recorder, served, kind)
    text = message.get("text")
    handling.set(number)
    error, raised = "", None
    try:
        await dispatch(message)
    except StopConsumer:
        raise
    except BaseException as came:
        error, raised = written(came), recorder.source(came)
        raise
    finally:
        place = recorder.place_of(method) if method else None
        consumer = type(served).__qualname__
        name = getattr(method, "__qualname__", str(method)) if method else None
        kept = text[:LONGEST] if isinstance(text, str) else None
        layer = id(getattr(served, "channel_layer", None))
        hides = hidden_by(recorder, served, method)
        about = number, consumer, kind, kept, name, place, error
        recorder.note(Handled(*about, connection.get(), layer, raised, hides))


def told(
    recorder: Recorder, served: Any, dispatch: Callable[[Any], Awaitable[None]], message: Any
) -> Awaitable[None]:
    """Tells of an event before it is handed on: a server has to be quick."""
    recorder.on_taken(served, message)
    return dispatch(message)


def method_for(recorder: Recorder, served: Any, kind: str) -> Any:
    """The method that takes such an event; of a generic consumer's the one that it hands on to."""
    if recorder.place_of(served.dispatch):
        return served.dispatch
    takes_json = hasattr(served, "decode_json")
    names = [name for name in HANDED_ON.get(kind, []) if takes_json or name != "receive_json"]
    methods = [getattr(served, name, None) for name in names]
    own = [method for method in methods if method and recorder.place_of(method)]
    inherited = getattr(served, kind.replace(".", "_"), None)
    if inherited and recorder.place_of(inherited):
        return inherited
    return next(iter(own), next(filter(None, methods), None) or inherited)


@cache
def own_methods(recorder: Recorder, kind: type) -> tuple[Caller, ...]:
    """Each function of a class and of those that it inherits from, as far as they are own."""
    return tuple(
        Caller(each.__qualname__, place)
        for owner in kind.__mro__
        for each in vars(owner).values()
        if hasattr(each, "__qualname__") and (place := recorder.place_of(each))
    )


def file_of(recorder: Recorder, kind: type) -> Place | None:
    path = recorder.own(getattr(sys.modules.get(kind.__module__), "__file__", None) or "")
    return Place(path, 1) if path else None


def hidden_by(recorder: Recorder, served: Any, method: Any) -> Caller | None:
    """The method that would be called if the class did not have this one."""
    name = getattr(method, "__name__", "")
    kind: Any = type(served)
    own = [each for each in own_methods(recorder, kind) if is_called(each, name)]
    return own[1] if len(own) > 1 and recorder.place_of(method) == own[0].place else None


def is_called(method: Caller, name: str) -> bool:
    return method.function.rpartition(".")[2] == name


def watch_guards(recorder: Recorder) -> None:
    """The Origin validators' refusals."""
    from channels.security import websocket

    validate = websocket.OriginValidator.valid_origin

    @wraps(validate)
    def validating(self: Any, origin: Any) -> bool:
        allowed = bool(validate(self, origin))
        if not allowed:
            hosts = tuple(map(str, self.allowed_origins))
            word = origin.geturl() if origin else None
            recorder.note(Refused("Origin", word, hosts, setting_of(self.allowed_origins)))
        return allowed

    replace(websocket.OriginValidator, "valid_origin", validating)


def setting_of(allowed: Any) -> str:
    """The setting from which a validator's hosts are, or "" where they are its own."""
    from django.conf import settings

    own = settings.ALLOWED_HOSTS
    return "ALLOWED_HOSTS" if allowed is own or (settings.DEBUG and not own) else ""
