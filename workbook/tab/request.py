"""A request to an ASGI application, and what comes of it."""

import asyncio
import logging
from typing import Any, NamedTuple

CHUNK = 8192  # bytes of a body that the application is given at once
PAGE = "<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{words}</p></body></html>"

logger = logging.getLogger(__name__)


class Response(NamedTuple):
    """What a request is answered; the names of headers are in small letters."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Request:
    """One request, whose body lies ready; `response` is there when the answer is complete."""

    def __init__(self, body: bytes) -> None:
        self.events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.response: asyncio.Future[Response] = asyncio.get_running_loop().create_future()
        self.start: dict[str, Any] | None = None
        self.body = b""
        for begin in range(0, len(body) + 1, CHUNK):
            chunk = body[begin : begin + CHUNK]
            more = len(chunk) == CHUNK
            self.events.put_nowait({"type": "http.request", "body": chunk, "more_body": more})

    async def take(self, message: dict[str, Any]) -> None:
        """Takes what the application sends; after the answer's end nothing matters any more."""
        if self.response.done():
            return
        match message["type"]:
            case "http.response.start":
                self.begin(message)
            case "http.response.body":
                self.add(message)
            case kind:
                raise ValueError(f"Cannot handle message type {kind}!")

    def begin(self, message: dict[str, Any]) -> None:
        if self.start is not None:
            raise ValueError("HTTP response has already been started")
        headers = message.get("headers", [])
        for part in (part for header in headers for part in header):
            if not isinstance(part, bytes):
                self.refuse("500 Server Error", "Server Error")
                raise ValueError(f"Header '{part}' expected to be `bytes`, but got `{type(part)}`")
        self.start = {**message, "headers": [(name.lower(), value) for name, value in headers]}

    def add(self, message: dict[str, Any]) -> None:
        if self.start is None:
            raise ValueError("HTTP response has not yet been started")
        self.body += message.get("body", b"")
        if not message.get("more_body", False):
            self.finish(self.start["status"], self.start["headers"])

    def fail(self, error: Exception) -> None:
        """Answers for an application that raised an error; of an answer begun, what there is."""
        logger.error("Exception inside application: %s", error, exc_info=error)
        if self.response.done():
            return
        if self.start is None:
            self.refuse("500 Internal Server Error", "Exception inside application.")
        else:
            self.finish(self.start["status"], self.start["headers"])

    def refuse(self, title: str, words: str) -> None:
        self.body = PAGE.format(title=title, words=words).encode()
        self.finish(500, [(b"content-type", b"text/html; charset=utf-8")])

    def finish(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        if not any(name == b"server" for name, _ in headers):
            headers = [*headers, (b"server", b"daphne")]
        self.response.set_result(Response(status, headers, self.body))
        self.events.put_nowait({"type": "http.disconnect"})
