"""Coroutines that nobody awaits, tasks whose errors nobody sees, and calls that stop the loop."""

import asyncio
import sys
import time
import warnings
from functools import wraps
from typing import Any

from workbook.recorder.facts import Blocked, Forgotten, Lost, Queued
from workbook.recorder.recorder import Recorder, handling, replace, written

DEPTH = 12  # frames that are kept of where a coroutine was made
SHALLOW = 1  # of them where a server is not to be slowed down
QUEUES = asyncio.Queue.put.__code__.co_filename  # not the module's file where that is compiled


def watch_coroutines(recorder: Recorder, depth: int) -> None:
    """Each coroutine keeps where it was made, and those that nobody awaited are noted."""
    from asgiref.sync import SyncToAsync

    sys.set_coroutine_origin_tracking_depth(depth)

    def note(coroutine: Any) -> None:
        place = recorder.place_of(getattr(wrapped(coroutine), "cr_code", wrapped(coroutine)))
        recorder.note(Forgotten(name_of(coroutine), recorder.origin(coroutine), place))
        # Python's own words, without where it was made: they are what they were unwatched.
        words = f"coroutine '{coroutine.__qualname__}' was never awaited"
        warnings.warn(words, RuntimeWarning, stacklevel=2, source=coroutine)

    replace(warnings, "_warn_unawaited_coroutine", note)

    def in_thread(handler: Any, *arguments: Any) -> Any:
        if sys.get_coroutine_origin_tracking_depth() < depth:  # it is each thread's own
            sys.set_coroutine_origin_tracking_depth(depth)
        return thread_handler(handler, *arguments)

    thread_handler: Any = SyncToAsync.thread_handler
    replace(SyncToAsync, "thread_handler", in_thread)


def name_of(coroutine: Any) -> str:
    name: str = getattr(wrapped(coroutine), "__qualname__", coroutine.__qualname__)
    return name


def wrapped(coroutine: Any) -> Any:
    """The function that a coroutine of `sync_to_async` would have called in a thread."""
    if coroutine.__qualname__.endswith("SyncToAsync.__call__") and coroutine.cr_frame:
        return coroutine.cr_frame.f_locals["self"].func
    return coroutine


def watch_tasks(recorder: Recorder) -> None:
    """Exceptions of tasks that nobody awaited, of those that are kept as well."""
    handle, create = (
        asyncio.BaseEventLoop.call_exception_handler,
        asyncio.BaseEventLoop.create_task,
    )

    def ended(task: Any) -> None:
        # The attribute, since `exception()` would count as somebody who looks.
        error = None if task.cancelled() else getattr(task, "_exception", None)
        if error and (by := recorder.source(error)):
            recorder.note(Lost(written(error), by))

    @wraps(create)
    def creating(self: Any, coroutine: Any, **named: Any) -> Any:
        task = create(self, coroutine, **named)
        if recorder.own(getattr(getattr(coroutine, "cr_code", None), "co_filename", "")):
            task.add_done_callback(ended)
        return task

    @wraps(handle)
    def handling_lost(self: Any, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if error and (by := recorder.source(error)):
            recorder.note(Lost(written(error), by))
        handle(self, context)

    replace(asyncio.BaseEventLoop, "call_exception_handler", handling_lost)
    if not recorder.is_live:  # a server makes many tasks
        replace(asyncio.BaseEventLoop, "create_task", creating)


def watch_queues(recorder: Recorder) -> None:
    """What the project itself puts into queues of asyncio's, and takes out of them."""
    for name in ("put_nowait", "get_nowait"):
        method = getattr(asyncio.Queue, name)
        replace(asyncio.Queue, name, noting(recorder, method, name == "get_nowait"))


def noting(recorder: Recorder, method: Any, taken: bool) -> Any:
    @wraps(method)
    def noted(self: Any, *arguments: Any) -> Any:
        result = method(self, *arguments)
        frame = sys._getframe(1)
        while frame.f_back and frame.f_code.co_filename == QUEUES:
            frame = frame.f_back
        if by := recorder.caller_in(frame.f_code, frame.f_lineno):
            recorder.note(Queued(id(self), taken, by, handling.get()))
        return result

    return noted


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
