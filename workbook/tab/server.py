"""Serves an ASGI application to windows in the same tab as Daphne does on a machine."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote

from workbook.server import LOOPBACK, PORT
from workbook.tab.request import Request, Response
from workbook.tab.socket import Hear, Socket

Headers = list[tuple[bytes, bytes]]
Application = Callable[..., Awaitable[None]]

CLIENTS = 50_000  # from here on, each connection has a port that is nowhere


class Server:
    """An application behind an address that exists in its windows alone."""

    def __init__(self, application: Application, host: str = LOOPBACK, port: int = PORT) -> None:
        self.application = application
        self.host, self.port = host, port
        self.clients = itertools.count(CLIENTS)
        self.tasks: set[asyncio.Task[None]] = set()

    async def request(
        self, method: str, target: str, headers: Headers | None = None, body: bytes = b""
    ) -> Response:
        """Asks for what the address shows; `target` is its part from the path on."""
        scope = self.scope("http", target, headers or [])
        scope |= {"http_version": "1.1", "method": method, "scheme": "http"}
        request = Request(body)
        self.run(scope, request)
        return await request.response

    def connect(
        self,
        target: str,
        hear: Hear,
        headers: Headers | None = None,
        subprotocols: list[str] | None = None,
    ) -> Socket:
        """Begins a WebSocket; `hear` is called with all that its other end says."""
        scope = self.scope("websocket", target, headers or [])
        scope |= {"subprotocols": subprotocols or []}
        socket = Socket(hear, subprotocols or [])
        self.run(scope, socket)
        return socket

    def scope(self, kind: str, target: str, headers: Headers) -> dict[str, Any]:
        path, _, query = target.partition("?")
        return {
            "type": kind,
            "path": unquote(path),
            "raw_path": path.encode(),
            "root_path": "",
            "headers": [(name.lower(), value) for name, value in headers],
            "query_string": query.encode(),
            "client": [self.host, next(self.clients)],
            "server": [self.host, self.port],
            "asgi": {"version": "3.0"},
        }

    def run(self, scope: dict[str, Any], connection: Request | Socket) -> None:
        """Lets the application serve the connection, and keeps the task until it has ended."""
        task = asyncio.ensure_future(self.serve(scope, connection))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def serve(self, scope: dict[str, Any], connection: Request | Socket) -> None:
        try:
            await self.application(scope, connection.events.get, connection.take)
        except Exception as error:
            connection.fail(error)
