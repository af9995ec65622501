"""A WebSocket to an ASGI application, with the states and the codes that Daphne gives it."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

NORMAL, BROKEN, ERROR = 1000, 1006, 1011
FORBIDDEN, FAILED = 403, 500
LONGEST = 1024 * 1024  # bytes of a message
PATIENCE = 5  # seconds for a handshake

# Called with "open" and the subprotocol, "message" and the text or the bytes, "refused" and the
# status, "close" and the code.
Hear = Callable[[str, Any], object]

logger = logging.getLogger(__name__)


class Socket:
    """One WebSocket: "connecting", "open", "closing" or "closed"."""

    def __init__(self, hear: Hear, subprotocols: list[str]) -> None:
        self.hear = hear
        self.subprotocols = subprotocols
        self.state = "connecting"
        self.answered = False
        self.events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.loop = asyncio.get_running_loop()
        self.patience = self.loop.call_later(PATIENCE, self.lose)
        self.events.put_nowait({"type": "websocket.connect"})

    def send(self, data: str | bytes) -> None:
        """Gives the application a message; the connection breaks under one that is too long."""
        if self.state != "open":
            return
        if len(encoded(data)) > LONGEST:
            self.lose()
        else:
            key = "bytes" if isinstance(data, bytes) else "text"
            self.events.put_nowait({"type": "websocket.receive", key: data})

    def close(self, code: int | None = None) -> None:
        """Ends the connection from the window's side; Daphne answers every code with 1000."""
        if self.state == "connecting":
            self.lose()
        else:
            self.end(NORMAL, code)

    def lose(self) -> None:
        """The connection breaks: nobody said goodbye."""
        self.end(BROKEN, BROKEN)

    async def take(self, message: dict[str, Any]) -> None:
        """Takes what the application sends; when all is over it is lost."""
        if self.state == "closed":
            return
        match message["type"]:
            case "websocket.accept":
                self.accept(message.get("subprotocol"))
            case "websocket.send":
                self.tell(message)
            case "websocket.close" if self.state == "connecting":
                self.refuse(FORBIDDEN)
            case "websocket.close":
                self.shut(message.get("code"))

    def accept(self, subprotocol: str | None) -> None:
        if self.answered:
            raise AttributeError("'WebSocketProtocol' object has no attribute 'handshake_deferred'")
        self.answered = True
        if subprotocol is not None and subprotocol not in self.subprotocols:
            return  # the handshake fails, and the window waits in vain
        self.patience.cancel()
        self.state = "open"
        self.hear("open", subprotocol or "")

    def tell(self, message: dict[str, Any]) -> None:
        if self.state == "connecting":
            raise ValueError("Socket has not been accepted, so cannot send over it")
        text, data = message.get("text"), message.get("bytes")
        if text and data:
            raise ValueError(f"{message} - contains both bytes and text keys")
        content = data or text
        if not content:
            return
        if self.state != "open":
            raise ConnectionError("Attempt to send on a closed protocol")
        if len(encoded(content)) > LONGEST:
            raise ValueError(f"tried to send more than {LONGEST} bytes")
        self.hear("message", content)

    def refuse(self, status: int) -> None:
        """Answers the handshake with this status; a page's script learns only that it failed."""
        self.hear("refused", status)
        self.lose()

    def shut(self, code: int | None) -> None:
        """Ends the connection from the application's side; the window's answer takes a moment."""
        code = NORMAL if code is None else code
        if code != NORMAL and not 3000 <= code <= 4999:
            raise ValueError(f"invalid close code {code} (must be 1000 or from [3000, 4999])")
        if self.state == "open":
            self.state = "closing"
            self.loop.call_soon(self.end, code, code)

    def fail(self, error: Exception) -> None:
        """Ends the connection of an application that raised an error."""
        logger.error("Exception inside application: %s", error, exc_info=error)
        if self.state == "connecting" and not self.answered:
            self.refuse(FAILED)
        elif self.state == "open":
            self.end(ERROR, ERROR)

    def end(self, heard: int, seen: int | None) -> None:
        """Gives the window one code and the application the other; both only once."""
        if self.state == "closed":
            return
        self.state = "closed"
        self.patience.cancel()
        self.events.put_nowait({"type": "websocket.disconnect", "code": seen})
        self.hear("close", heard)


def encoded(data: str | bytes) -> bytes:
    return data if isinstance(data, bytes) else data.encode()
