"""An event loop in an interpreter of one thread, and asgiref's two bridges over it."""

import asyncio
import contextvars
import json.decoder
import json.scanner
import selectors
import sys
import time
from asyncio import events
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from types import SimpleNamespace
from typing import Any, cast

from asgiref.local import Local
from asgiref.sync import AsyncToSync, SyncToAsync

IN_ASYNC = (
    "You cannot use AsyncToSync in the same thread as an async event loop - "
    "just await the async function directly."
)  # asgiref's words


def install() -> None:
    """Makes this interpreter's loops such ones, also those of pytest and of a project."""
    events._set_running_loop(None)  # Pyodide's own, which counts as running
    own("set_event_loop_policy")(Policy())  # the public one warns, and to the suites it is an error
    SyncToAsync.__call__ = in_place
    AsyncToSync.__call__ = by_hand
    time.thread_time = working_time
    # The one in C goes down the stack as deep as a text has brackets, and takes all with it.
    json.scanner.make_scanner = json.decoder.scanner.make_scanner = json.scanner.py_make_scanner
    json._default_decoder = json.JSONDecoder()


def own(name: str) -> Any:
    """What asyncio keeps to itself since Python 3.14."""
    return getattr(events, f"_{name}", None) or getattr(events, name)


MOMENT = 0.02  # seconds


class Waiting(selectors.BaseSelector):
    """Nothing happens meanwhile; `slept` counts the seconds of all loops."""

    slept = 0.0

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return selectors.SelectorKey(fileobj, 0, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return selectors.SelectorKey(fileobj, 0, 0, None)

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise RuntimeError("the loop waits for what nobody can do")
        if timeout > 0:
            began = time.perf_counter()
            time.sleep(timeout)
            Waiting.slept += time.perf_counter() - began  # some browsers sleep for longer
        return []

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return {}


def working_time() -> float:
    """Seconds that this thread has worked; the system counts none."""
    return time.perf_counter() - Waiting.slept


class Loop(asyncio.SelectorEventLoop):
    """Turned to its end by whoever waits for it, or turn by turn by the page's messages."""

    def __init__(self) -> None:
        super().__init__(Waiting())
        self._ready = Ready()

    def turn(self) -> float | None:
        """Does what is ready, for a moment: who waits outside has to come in, too.

        The seconds until there is more; None if it comes from outside.
        """
        end = time.perf_counter() + MOMENT
        with running(self):
            while (self._ready or self.wait() == 0) and time.perf_counter() < end:
                self._run_once()
        return 0 if self._ready else self.wait()

    def wait(self) -> float | None:
        if not self._scheduled:
            return None
        return max(0, self._scheduled[0].when() - self.time())

    def run_in_executor(self, executor: Any, work: Callable[..., Any], *args: Any) -> Any:
        return Work(self, partial(work, *args))

    def _make_self_pipe(self) -> None:
        self._ssock = self._csock = None
        self._internal_fds = 0

    def _close_self_pipe(self) -> None:
        """There is none."""

    def _write_to_self(self) -> None:
        """Nobody else could wake it."""


class Work(asyncio.Future[Any]):
    """Done in its place by whoever awaits it, or else soon; until then it is seen to go on."""

    def __init__(self, loop: Loop, work: Callable[[], Any]) -> None:
        super().__init__(loop=loop)
        self.work: Callable[[], Any] | None = work
        loop.call_soon(self.do)

    def __await__(self) -> Generator[Any, None, Any]:
        self.do()
        return super().__await__()

    def do(self) -> None:
        work, self.work = self.work, None
        if not work or self.cancelled():
            return
        result, error = outcome(work)
        if self.cancelled():
            return
        if error is None:
            self.set_result(result)
        else:
            self.set_exception(error)


def outcome(work: Callable[[], Any]) -> tuple[Any, BaseException | None]:
    """What it returns or raises; by itself, since a trace would hold the future that has it."""
    try:
        with apart():
            return work(), None
    except BaseException as error:
        return None, error


class Ready(deque[asyncio.Handle]):
    """What a loop does next, also when a turn within its turn has done it already."""

    def popleft(self) -> asyncio.Handle:
        return super().popleft() if self else DONE


DONE = asyncio.Handle(lambda: None, (), cast(Any, SimpleNamespace(get_debug=lambda: False)))
DONE.cancel()


class Policy(own("BaseDefaultEventLoopPolicy")):
    _loop_factory = Loop


LOOPS: list[asyncio.AbstractEventLoop] = []  # those that wait for what runs in their place
WAITING: list[asyncio.Future[None]] = []  # who wants the one thread, which another's work has
depth: ContextVar[int] = ContextVar("depth", default=0)  # in how many of LOOPS this task is at home


@contextmanager
def running(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    before = events._get_running_loop()
    events._set_running_loop(loop)
    try:
        yield
    finally:
        events._set_running_loop(before)


@contextmanager
def apart() -> Iterator[None]:
    """As in a thread of its own: no loop is running there, and no task."""
    loop = asyncio.get_running_loop()
    task = asyncio.current_task()
    if task:
        asyncio._leave_task(loop, task)
    LOOPS.append(loop)
    try:
        with running(None), elsewhere():
            yield
    finally:
        LOOPS.pop()
        while WAITING:
            if not (waiting := WAITING.pop(0)).done():
                waiting.set_result(None)
        if task:
            asyncio._enter_task(loop, task)


@contextmanager
def elsewhere() -> Iterator[None]:
    """Django's connections are each thread's own: here those of the other of two."""
    if "django.db" not in sys.modules:
        yield
        return
    from django.db import connections

    connections._connections, OTHER[:] = OTHER[0], [connections._connections]
    try:
        yield
    finally:
        connections._connections, OTHER[:] = OTHER[0], [connections._connections]


OTHER = [Local(thread_critical=True)]


async def in_place(self: SyncToAsync, *args: Any, **kwargs: Any) -> Any:
    """On a machine all such work has one thread; who comes meanwhile waits until it is free."""
    while self._thread_sensitive and len(LOOPS) > depth.get():
        WAITING.append(asyncio.get_running_loop().create_future())
        await WAITING[-1]
    work = partial(self.func, *args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(None, work)


def by_hand(self: AsyncToSync, *args: Any, **kwargs: Any) -> Any:
    """Turns the loop that waits, until the coroutine has come to its end; or a loop of its own."""
    if events._get_running_loop() is not None:
        raise RuntimeError(IN_ASYNC)
    if not LOOPS:
        return asyncio.run(self.awaitable(*args, **kwargs))
    loop = LOOPS[-1]
    context = contextvars.copy_context()
    context.run(depth.set, len(LOOPS))
    with running(loop), elsewhere():
        task = loop.create_task(self.awaitable(*args, **kwargs), context=context)
        while not task.done():
            loop._run_once()
    return task.result()
