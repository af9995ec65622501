"""The chat's windows before the tab's server: what each asks for, and the sockets that it has."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urljoin, urlsplit

from workbook.tab.cookies import Cookies
from workbook.tab.server import Headers, Server
from workbook.tab.socket import Socket

AWAY = 1001  # a window's code for its sockets when it goes to another page
REDIRECTS = 20
MOVED = (301, 302, 303, 307, 308)
AGENT = "Mozilla/5.0"
DOCUMENT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

# Called with a record, a dictionary of plain values and bytes.
Tell = Callable[[dict[str, Any]], object]


class Windows:
    """All windows of one server; they share its address and its cookies."""

    def __init__(self, server: Server, cookies: Cookies | None = None) -> None:
        self.server = server
        self.cookies = cookies or Cookies()
        self.origin = f"http://{server.host}:{server.port}"
        self.open: dict[str, Window] = {}

    def enter(self, name: str, tell: Tell) -> None:
        self.open[name] = Window(self, tell)

    def take(self, name: str, record: dict[str, Any]) -> None:
        """Does what a window's page asks for."""
        if name in self.open:
            self.open[name].take(record)

    def leave(self, name: str) -> None:
        """The page of this window is gone, or another has come."""
        if window := self.open.pop(name, None):
            window.leave()


class Window:
    """One page in one window, from its coming to its going."""

    def __init__(self, windows: Windows, tell: Tell) -> None:
        self.windows = windows
        self.tell = tell
        self.sockets: dict[str, Socket] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    def take(self, record: dict[str, Any]) -> None:
        match record["do"]:
            case "request":
                task = asyncio.ensure_future(self.request(record))
                self.tasks.add(task)
                task.add_done_callback(self.tasks.discard)
            case "open":
                self.connect(record)
            case "send":
                self.send(record)
            case "close":
                self.end(record)
            case "cookie":
                self.windows.cookies.take(record["cookie"])

    def leave(self) -> None:
        for task in self.tasks:
            task.cancel()
        for socket in list(self.sockets.values()):
            socket.close(AWAY)

    async def request(self, record: dict[str, Any]) -> None:
        """Asks, follows where the answer sends to, and tells what comes in the end."""
        address, method = record["address"], record.get("method", "GET")
        body = bytes(record.get("body") or b"")
        headers = record.get("headers", [])
        for _ in range(REDIRECTS):
            sent = self.headers(address, record["page"], method, headers, body)
            answer = await self.windows.server.request(method, target(address), sent, body)
            for name, value in answer.headers:
                if name == b"set-cookie":
                    self.windows.cookies.take(value.decode("latin1"))
            onward = dict(answer.headers).get(b"location") if answer.status in MOVED else None
            if onward is None:
                break
            address = urljoin(address, onward.decode("latin1"))
            if not self.is_here(address):
                break
            if answer.status not in (307, 308) and method != "HEAD":
                method, body, headers = "GET", b"", []
        path = urlsplit(address).path
        self.tell(
            {
                "tell": "answer",
                "id": record["id"],
                "address": address,
                "status": answer.status,
                "headers": [
                    [name.decode("latin1"), value.decode("latin1")]
                    for name, value in answer.headers
                    if name != b"set-cookie"
                ],
                "body": answer.body,
                "cookies": self.windows.cookies.seen(path),
            }
        )

    def headers(
        self, address: str, page: str, method: str, headers: list[list[str]], body: bytes
    ) -> Headers:
        """What a browser sends along."""
        sent = self.common(address)
        sent |= {"accept": DOCUMENT, "content-length": str(len(body))}
        if page:
            sent["referer"] = page
        if method not in ("GET", "HEAD"):
            sent["origin"] = self.windows.origin
        else:
            del sent["content-length"]
        sent |= {name.lower(): value for name, value in headers}
        return as_bytes(sent)

    def common(self, address: str) -> dict[str, str]:
        sent = {"host": urlsplit(address).netloc, "connection": "keep-alive", "user-agent": AGENT}
        if cookie := self.windows.cookies.header(urlsplit(address).path):
            sent["cookie"] = cookie
        return sent

    def is_here(self, address: str) -> bool:
        return address.startswith(f"{self.windows.origin}/")

    def connect(self, record: dict[str, Any]) -> None:
        name, address, subprotocols = record["socket"], record["address"], record["subprotocols"]
        sent = self.common(address)
        sent |= {"connection": "Upgrade", "upgrade": "websocket", "origin": self.windows.origin}
        sent |= {"sec-websocket-version": "13"}
        if subprotocols:
            sent["sec-websocket-protocol"] = ", ".join(subprotocols)
        hear = partial(self.hear, name)
        server = self.windows.server
        socket = server.connect(target(address), hear, as_bytes(sent), subprotocols)
        self.sockets[name] = socket

    def hear(self, name: str, what: str, about: Any) -> None:
        if what == "close":
            self.sockets.pop(name, None)
        self.tell({"tell": what, "socket": name, "about": about})

    def send(self, record: dict[str, Any]) -> None:
        """Passes a message on, and says that it was taken: so the page knows what still waits."""
        if socket := self.sockets.get(record["socket"]):
            data = record["data"]
            socket.send(data if isinstance(data, str) else bytes(data))
        self.tell({"tell": "taken", "socket": record["socket"], "size": record["size"]})

    def end(self, record: dict[str, Any]) -> None:
        if socket := self.sockets.get(record["socket"]):
            socket.close(record.get("code"))


def target(address: str) -> str:
    """An address from its path on, without the part that a browser keeps to itself."""
    parts = urlsplit(address)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def as_bytes(headers: dict[str, str]) -> Headers:
    return [(name.encode("latin1"), value.encode("latin1")) for name, value in headers.items()]
