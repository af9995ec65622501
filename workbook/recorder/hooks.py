"""Takes note of what Channels does for a project, without changing what it does.

It works in a process without threads too, and costs nothing until `begin` is called.
"""

import asyncio
import itertools
import sys
import time
import warnings
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextvars import ContextVar
from functools import partial, wraps
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from workbook.recorder import swallowed
from workbook.recorder.facts import (
    Blocked,
    Called,
    Caller,
    Fact,
    Forgotten,
    Handled,
    Hidden,
    Lost,
    Place,
    Refused,
    Sent,
    Served,
    Swallowed,
)

DEPTH = 12  # frames that are kept of where a coroutine was made
LONGEST = 5000  # letters of a text that are kept
HANDED_ON = {
    "websocket.connect": ["connect"],
    "websocket.receive": ["receive_json", "receive"],
    "websocket.disconnect": ["disconnect"],
}
PACKAGES = {"asgiref", "channels", "channels_redis", "daphne", "django", "pytest", "redis"}
CALLS = ("group_add", "group_discard", "group_send", "send")

calling: ContextVar[Caller | None] = ContextVar("calling", default=None)
handling: ContextVar[int] = ContextVar("handling", default=0)
nested: ContextVar[bool] = ContextVar("nested", default=False)
serving: ContextVar[Any] = ContextVar("serving", default=None)


class Recorder:
    """What happened in a project since `take` was last called."""

    def __init__(self, project: Path) -> None:
        self.project = str(project)
        self.facts: list[Fact] = []
        self.members: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
        self.numbers = itertools.count(1)

    def note(self, fact: Fact) -> None:
        self.facts.append(fact)

    def hidden(self) -> Iterator[Hidden]:
        """Files beside manage.py with the name of a module that Django or Channels imports."""
        for path in sorted(Path(self.project).iterdir()):
            name = path.name.removesuffix(".py")
            is_module = path.suffix == ".py" or (path / "__init__.py").is_file()
            others = name in sys.stdlib_module_names or name in PACKAGES
            if is_module and others and name in sys.modules:
                yield Hidden(name, path.name)

    def take(self) -> tuple[Fact, ...]:
        facts, self.facts = tuple(self.facts), []
        return facts

    def begin(self) -> None:
        """Watches Channels from here on; called once, before the project is loaded."""
        swallowed.watch(self.project, self.on_swallowed)
        watch_coroutines(self)
        watch_consumers(self)
        watch_layers(self)
        watch_guards(self)
        watch_sleep(self)
        watch_tasks(self)

    def on_swallowed(self, error: BaseException) -> None:
        if by := self.source(error):
            self.note(Swallowed(written(error), by, handling.get()))

    def source(self, error: BaseException) -> Caller | None:
        """The innermost line of the project through which an exception came."""
        found, traceback = None, error.__traceback__
        while traceback:
            found = self.caller_in(traceback.tb_frame.f_code, traceback.tb_lineno) or found
            traceback = traceback.tb_next
        return found

    def caller(self) -> Caller | None:
        """The line of the project that makes the call which is being noted."""
        frame: FrameType | None = sys._getframe(1)
        while frame:
            if caller := self.caller_in(frame.f_code, frame.f_lineno):
                return caller
            frame = frame.f_back
        return calling.get() or self.origin(current_coroutine())

    def origin(self, coroutine: Any) -> Caller | None:
        """The line of the project that made a coroutine."""
        for filename, line, function in getattr(coroutine, "cr_origin", None) or ():
            if path := self.own(filename):
                return Caller(function, Place(path, line))
        return None

    def caller_in(self, code: CodeType, line: int) -> Caller | None:
        path = self.own(code.co_filename)
        return Caller(code.co_qualname, Place(path, line)) if path else None

    def place_of(self, function: Any) -> Place | None:
        """Where a method is defined, if that is in the project."""
        while hasattr(function, "__wrapped__"):
            function = function.__wrapped__
        code = getattr(getattr(function, "__func__", function), "__code__", None)
        path = self.own(code.co_filename) if code else None
        return Place(path, code.co_firstlineno) if code and path else None

    def own(self, filename: str) -> str | None:
        """A file's way from the project's folder; None for another's, and for the suite."""
        if not filename.startswith(self.project + "/"):
            return None
        path = filename[len(self.project) + 1 :]
        return None if path.startswith(("tests/", ".venv/")) else path


def written(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:LONGEST]


def current_coroutine() -> Any:
    try:
        task = asyncio.current_task()
    except RuntimeError:
        return None
    return task.get_coro() if task else None


def watch_coroutines(recorder: Recorder) -> None:
    """Each coroutine keeps where it was made, and those that nobody awaited are noted."""
    from asgiref.sync import SyncToAsync

    sys.set_coroutine_origin_tracking_depth(DEPTH)

    def note(coroutine: Any) -> None:
        recorder.note(Forgotten(coroutine.__qualname__, recorder.origin(coroutine)))
        # Python's own words, without where it was made: they are what they were unwatched.
        words = f"coroutine '{coroutine.__qualname__}' was never awaited"
        warnings.warn(words, RuntimeWarning, stacklevel=2, source=coroutine)

    replace(warnings, "_warn_unawaited_coroutine", note)

    def in_thread(handler: Any, *arguments: Any) -> Any:
        sys.set_coroutine_origin_tracking_depth(DEPTH)  # it is each thread's own
        return thread_handler(handler, *arguments)

    thread_handler: Any = SyncToAsync.thread_handler
    replace(SyncToAsync, "thread_handler", in_thread)


def watch_consumers(recorder: Recorder) -> None:
    """Which consumer serves, what it is told, and what it sends."""
    from asgiref.sync import AsyncToSync
    from channels import consumer

    call, dispatch_many = consumer.AsyncConsumer.__call__, consumer.await_many_dispatch

    @wraps(call)
    async def serve(self: Any, scope: Any, receive: Any, send: Any) -> None:
        kind = type(self)
        bases = tuple(f"{each.__module__}.{each.__qualname__}" for each in kind.__mro__[1:-1])
        place = next(
            (found for each in vars(kind).values() if (found := recorder.place_of(each))), None
        )
        path = str(scope.get("path", ""))
        recorder.note(Served(kind.__qualname__, bases, bool(kind._sync), place, path))
        serving.set(self)

        async def sending(message: Any) -> None:
            text = message.get("text") if isinstance(message, dict) else None
            kept = text[:LONGEST] if isinstance(text, str) else None
            kind = str(message.get("type", "")) if isinstance(message, dict) else ""
            recorder.note(Sent(kind, kept, recorder.caller(), handling.get()))
            await send(message)

        await call(self, scope, receive, sending)

    async def dispatch_all(callables: Any, dispatch: Callable[[Any], Awaitable[None]]) -> None:
        await dispatch_many(callables, partial(noted, recorder, serving.get(), dispatch))

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
    error = ""
    try:
        await dispatch(message)
    except StopConsumer:
        raise
    except BaseException as raised:
        error = written(raised)
        raise
    finally:
        place = recorder.place_of(method) if method else None
        consumer = type(served).__qualname__
        name = getattr(method, "__qualname__", str(method)) if method else None
        kept = text[:LONGEST] if isinstance(text, str) else None
        recorder.note(Handled(number, consumer, kind, kept, name, place, error))


def method_for(recorder: Recorder, served: Any, kind: str) -> Any:
    """The method that takes such an event; of a generic consumer's the one that it hands on to."""
    methods = [getattr(served, name, None) for name in HANDED_ON.get(kind, [])]
    own = [method for method in methods if method and recorder.place_of(method)]
    inherited = getattr(served, kind.replace(".", "_"), None)
    if inherited and recorder.place_of(inherited):
        return inherited
    return next(iter(own), next(filter(None, methods), None) or inherited)


def watch_layers(recorder: Recorder) -> None:
    """The calls of each channel layer's class, from when the first of it is made."""
    from channels.layers import ChannelLayerManager

    make = ChannelLayerManager._make_backend
    watched = set()

    @wraps(make)
    def making(self: Any, name: str, config: Any) -> Any:
        layer = make(self, name, config)
        if type(layer) not in watched:
            watched.add(type(layer))
            for call in CALLS:
                if method := getattr(type(layer), call, None):
                    setattr(type(layer), call, noting(recorder, call, method))
        return layer

    replace(ChannelLayerManager, "_make_backend", making)


def noting(recorder: Recorder, call: str, method: Any) -> Any:
    @wraps(method)
    async def carried_out(self: Any, *arguments: Any, **named: Any) -> Any:
        if nested.get():  # a layer's own call, as some make of `send` for each member
            return await method(self, *arguments, **named)
        token = nested.set(True)
        by, during = recorder.caller(), handling.get()
        group, channel, event = told(call, arguments, named)
        members = recorder.members[id(self), group]
        error, reached = "", len(members)
        try:
            result = await method(self, *arguments, **named)
        except BaseException as raised:
            error = written(raised)
            raise
        else:
            if call == "group_add":
                members.add(channel)
            if call == "group_discard":
                members.discard(channel)
            return result
        finally:
            nested.reset(token)
            event_words = repr(event)[:LONGEST] if event is not None else ""
            recorder.note(
                Called(call, id(self), group, channel, event_words, reached, by, error, during)
            )

    return carried_out


def told(call: str, arguments: Iterable[Any], named: dict[str, Any]) -> tuple[str, str, Any]:
    """A call's group, channel and event, as far as it has them."""
    names = {"send": ["channel", "message"], "group_send": ["group", "message"]}
    given = dict(zip(names.get(call, ["group", "channel"]), arguments, strict=False)) | named
    return str(given.get("group", "")), str(given.get("channel", "")), given.get("message")


def watch_guards(recorder: Recorder) -> None:
    """The Origin validators' refusals."""
    from channels.security import websocket

    validate = websocket.OriginValidator.valid_origin

    @wraps(validate)
    def validating(self: Any, origin: Any) -> bool:
        allowed = bool(validate(self, origin))
        if not allowed:
            recorder.note(Refused("Origin"))
        return allowed

    replace(websocket.OriginValidator, "valid_origin", validating)


def watch_sleep(recorder: Recorder) -> None:
    """`time.sleep` where an event loop runs: nobody is served meanwhile."""
    sleep = time.sleep

    @wraps(sleep)
    def sleeping(seconds: float) -> None:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            pass
        else:
            if by := recorder.caller():
                recorder.note(Blocked("time.sleep", by, seconds))
        sleep(seconds)

    replace(time, "sleep", sleeping)


def watch_tasks(recorder: Recorder) -> None:
    """Exceptions of tasks that nobody awaited."""
    handle = asyncio.BaseEventLoop.call_exception_handler

    @wraps(handle)
    def handling_lost(self: Any, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if error and (by := recorder.source(error)):
            recorder.note(Lost(written(error), by))
        handle(self, context)

    replace(asyncio.BaseEventLoop, "call_exception_handler", handling_lost)


def replace(owner: Any, name: str, function: Any) -> None:
    setattr(owner, name, function)
