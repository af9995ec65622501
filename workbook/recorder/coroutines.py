"""Coroutines that nobody awaits, tasks whose errors nobody sees, and calls that stop the loop."""

import asyncio
import sys
import time
import warnings
from functools import wraps
from typing import Any

from workbook.recorder.facts import Blocked, Forgotten, Lost
from workbook.recorder.recorder import Recorder, replace, written

DEPTH = 12  # frames that are kept of where a coroutine was made


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
