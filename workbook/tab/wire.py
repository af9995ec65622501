"""What travels between the windows and a project in a tab, told as of Daphne on a machine."""

import itertools
import logging
import time
from contextvars import Token
from typing import Any

from workbook.recorder.live import Live, visit
from workbook.recorder.sockets import NO_CODE, asked, frame, noting_errors
from workbook.recorder.traffic import Answered, Closed, Denied, Knocked, Opened
from workbook.tab.server import Application
from workbook.tab.socket import ERROR, FAILED, FORBIDDEN, encoded

Event = dict[str, Any]
SAID = {
    Knocked: ["HANDSHAKING"],
    Opened: ["CONNECT"],
    Denied: ["REJECT", "DISCONNECT"],
    Closed: ["DISCONNECT"],
}  # Daphne's words

logger = logging.getLogger("django.channels.server")


class Told(Live):
    """Its facts are taken away after each turn of the loop."""

    def wake(self) -> None:
        """Nobody sleeps meanwhile."""


def watched(application: Application, recorder: Live) -> Application:
    """The application, of which the recorder is told all that it takes and gives."""
    numbers = itertools.count(1)

    async def serve(scope: Event, receive: Any, send: Any) -> None:
        seen = (Page if scope["type"] == "http" else Connection)(recorder, next(numbers), scope)

        async def taking() -> Event:
            event: Event = await receive()
            seen.take(event)
            return event

        async def giving(event: Event) -> None:
            await send(event)
            seen.give(event)

        try:
            await noting_errors(recorder, application(scope, taking, giving))
        except Exception:
            seen.fail()
            raise

    return serve


class Visit:
    """What is told of one request or WebSocket, under its number."""

    def __init__(self, recorder: Live, number: int, scope: Event) -> None:
        self.recorder, self.number, self.scope = recorder, number, scope
        self.token: Token[int] = visit.set(number)  # of this task, and of those that it begins
        self.tell(asked(scope))

    def tell(self, fact: Any) -> None:
        """Tells the recorder and, as Daphne does, the log."""
        self.recorder.tell(self.number, fact)
        client = ":".join(map(str, self.scope["client"]))
        if isinstance(fact, Answered):
            words = f"HTTP {fact.method} {fact.path} {fact.status} [{fact.seconds:.2f}, {client}]"
            logger.info(words)
        for said in SAID.get(type(fact), []):
            logger.info("WebSocket %s %s [%s]", said, self.scope["path"], client)

    def take(self, event: Event) -> None:
        """Notes what the project is given."""

    def give(self, event: Event) -> None:
        """Notes what the project gives, once it was taken."""

    def fail(self) -> None:
        """Notes what becomes of it when the project fails."""


class Page(Visit):
    """A request for a page."""

    def __init__(self, *about: Any) -> None:
        super().__init__(*about)
        self.began = time.monotonic()
        self.size = 0
        self.status: int | None = None

    def give(self, event: Event) -> None:
        if event["type"] == "http.response.start":
            self.status = event["status"]
        else:
            self.size += len(event.get("body", b""))
            if not event.get("more_body"):
                self.answered(self.status or FAILED)

    def fail(self) -> None:
        self.answered(self.status or FAILED)

    def answered(self, status: int) -> None:
        seconds = time.monotonic() - self.began
        path = self.scope["path"]
        self.tell(Answered(self.scope["method"], path, status, self.size, seconds))


class Connection(Visit):
    """A WebSocket: "connecting", "open" or "closed"."""

    state = "connecting"

    def take(self, event: Event) -> None:
        if event["type"] == "websocket.receive" and self.recorder.is_heard():
            self.frame(True, event)
        if event["type"] == "websocket.disconnect" and self.state != "closed":
            opened = self.state == "open"
            self.end(Closed(event.get("code") or NO_CODE, False, opened))

    def give(self, event: Event) -> None:
        match event["type"]:
            case "websocket.accept":
                self.state = "open"
                self.tell(Opened(event.get("subprotocol")))
            case "websocket.send" if self.state == "open" and self.recorder.is_heard():
                self.frame(False, event)
            case "websocket.close" if self.state == "connecting":
                self.end(Denied(FORBIDDEN))
            case "websocket.close" if self.state == "open":
                self.end(Closed(event.get("code") or NO_CODE, True))

    def frame(self, came: bool, event: Event) -> None:
        is_binary = event.get("bytes") is not None
        payload = encoded(event["bytes"] if is_binary else event["text"])
        self.tell(frame(came, payload, is_binary))

    def fail(self) -> None:
        if self.state == "connecting":
            self.end(Denied(FAILED))
        elif self.state == "open":
            self.end(Closed(ERROR, True))

    def end(self, fact: Closed | Denied) -> None:
        self.state = "closed"
        self.tell(fact)
