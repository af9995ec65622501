"""What Django is asked for and answers where no Daphne serves, and the errors behind its pages."""

import itertools
import sys
import time
from functools import wraps
from typing import Any

from workbook.recorder.live import Live, visit
from workbook.recorder.recorder import replace, written
from workbook.recorder.traffic import Answered, Asked, Raised

numbers = itertools.count(-1, -1)  # apart from those of Daphne's visits


def watch_django(recorder: Live) -> None:
    from django.core.handlers.wsgi import WSGIHandler
    from django.core.signals import got_request_exception

    answer = WSGIHandler.__call__

    @wraps(answer)
    def answering(self: Any, environ: Any, start_response: Any) -> Any:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        token, began = visit.set(next(numbers)), time.monotonic()
        try:
            recorder.note(Asked(method, path, environ.get("HTTP_UPGRADE", "")))
            response = answer(self, environ, start_response)
            size = len(getattr(response, "content", b""))
            seconds = time.monotonic() - began
            recorder.note(Answered(method, path, response.status_code, size, seconds))
            return response
        finally:
            visit.reset(token)

    def failed(**_: Any) -> None:
        if error := sys.exception():
            recorder.note(Raised(written(error), recorder.source(error)))

    replace(WSGIHandler, "__call__", answering)
    got_request_exception.connect(failed, weak=False)
