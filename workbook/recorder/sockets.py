"""What Daphne takes from browsers and gives them: handshakes, frames, closes and pages."""

import itertools
import sys
from collections.abc import Awaitable
from functools import wraps
from inspect import isawaitable
from typing import Any

from workbook.recorder.coroutines import SHALLOW
from workbook.recorder.live import KEPT, Live, visit
from workbook.recorder.recorder import replace, written
from workbook.recorder.traffic import (
    Answered,
    Asked,
    Closed,
    Denied,
    Frame,
    Knocked,
    Opened,
    Raised,
)

NO_CODE = 1005  # of a close without one
CLOSE = "is_closed_here"

numbers = itertools.count(1)


def watch_daphne(recorder: Live) -> None:
    """From here on all that Daphne takes and gives is told, each thing under its visit's number."""
    from daphne import server  # has to come before all else of Daphne and Twisted

    watch_visits(recorder, server.Server)
    watch_pages(recorder)
    watch_handshakes(recorder)
    watch_frames(recorder)
    watch_closes(recorder)


def watch_visits(recorder: Live, server: Any) -> None:
    """What the project is asked for, and the exceptions that come out of it."""
    create, begin = server.create_application, server.__init__

    @wraps(begin)
    def beginning(self: Any, application: Any, *arguments: Any, **named: Any) -> None:
        sys.set_coroutine_origin_tracking_depth(SHALLOW)  # it is each thread's own
        begin(self, watched(recorder, application), *arguments, **named)

    @wraps(create)
    def creating(self: Any, protocol: Any, scope: Any) -> Any:
        number = number_of(protocol)
        recorder.tell(number, asked(scope))
        token = visit.set(number)  # which the tasks of the project take along
        try:
            return create(self, protocol, scope)
        finally:
            visit.reset(token)

    replace(server, "__init__", beginning)
    replace(server, "create_application", creating)
    if not recorder.keeps_log:
        replace(server, "log_action", lambda *_: None)  # the same, once more


def watched(recorder: Live, application: Any) -> Any:
    def serve(**about: Any) -> Any:
        serving = application(**about)
        return noting_errors(recorder, serving) if isawaitable(serving) else serving

    return serve


async def noting_errors(recorder: Live, serving: Awaitable[None]) -> None:
    try:
        await serving
    except Exception as error:
        recorder.note(Raised(written(error), recorder.source(error)))
        raise


def number_of(protocol: Any) -> int:
    if not hasattr(protocol, "workbook_visit"):
        protocol.workbook_visit = next(numbers)
    number: int = protocol.workbook_visit
    return number


def asked(scope: Any) -> Asked | Knocked:
    query = scope["query_string"].decode("ascii", "replace")
    path = scope["path"] + (f"?{query}" if query else "")
    if scope["type"] == "http":
        return Asked(scope["method"], path)
    origin = dict(scope["headers"]).get(b"origin")
    return Knocked(path, None if origin is None else origin.decode("latin1"))


def watch_pages(recorder: Live) -> None:
    from daphne.http_protocol import WebRequest

    finish = WebRequest.finish

    @wraps(finish)
    def finishing(self: Any) -> None:
        finish(self)
        method, path = self.method.decode("ascii", "replace"), self.path.decode("ascii", "replace")
        answered = Answered(method, path, self.code, self.sentLength, self.duration())
        recorder.tell(number_of(self), answered)

    replace(WebRequest, "finish", finishing)


def watch_handshakes(recorder: Live) -> None:
    from daphne.ws_protocol import WebSocketProtocol

    open_, fail = WebSocketProtocol.onOpen, WebSocketProtocol.failHandshake

    @wraps(open_)
    def opening(self: Any) -> None:
        recorder.tell(number_of(self), Opened(self.websocket_protocol_in_use))
        open_(self)

    @wraps(fail)
    def failing(self: Any, reason: Any, code: int = 400, *others: Any, **named: Any) -> None:
        setattr(self, CLOSE, True)
        recorder.tell(number_of(self), Denied(code))
        fail(self, reason, code, *others, **named)

    replace(WebSocketProtocol, "onOpen", opening)
    replace(WebSocketProtocol, "failHandshake", failing)


def watch_frames(recorder: Live) -> None:
    from daphne.ws_protocol import WebSocketProtocol

    take, give = WebSocketProtocol.onMessage, WebSocketProtocol.sendMessage

    @wraps(take)
    def taking(self: Any, payload: bytes, isBinary: bool) -> None:
        if recorder.is_heard():
            recorder.tell(number_of(self), frame(True, payload, isBinary))
        take(self, payload, isBinary)

    @wraps(give)
    def giving(self: Any, payload: bytes, isBinary: bool = False, *others: Any) -> None:
        if self.state == self.STATE_OPEN and recorder.is_heard():  # else it goes nowhere
            recorder.tell(number_of(self), frame(False, payload, isBinary))
        give(self, payload, isBinary, *others)

    replace(WebSocketProtocol, "onMessage", taking)
    replace(WebSocketProtocol, "sendMessage", giving)


def frame(came: bool, payload: bytes, is_binary: bool) -> Frame:
    text = None if is_binary else payload[: 4 * KEPT].decode(errors="ignore")[:KEPT]
    return Frame(came, text, len(payload))


def watch_closes(recorder: Live) -> None:
    """Which side closes, and with which code."""
    from daphne.ws_protocol import WebSocketProtocol

    send, end = WebSocketProtocol.sendCloseFrame, WebSocketProtocol.onClose

    @wraps(send)
    def sending(self: Any, code: Any = None, reasonUtf8: Any = None, isReply: bool = False) -> None:
        if not isReply and not hasattr(self, CLOSE):
            setattr(self, CLOSE, True)
            recorder.tell(number_of(self), Closed(code or NO_CODE, True))
        send(self, code, reasonUtf8, isReply)

    @wraps(end)
    def ending(self: Any, wasClean: bool, code: Any, reason: Any) -> None:
        if not hasattr(self, CLOSE):
            opened = not hasattr(self, "handshake_deferred")
            recorder.tell(number_of(self), Closed(code or NO_CODE, False, opened))
        end(self, wasClean, code, reason)

    replace(WebSocketProtocol, "sendCloseFrame", sending)
    replace(WebSocketProtocol, "onClose", ending)
