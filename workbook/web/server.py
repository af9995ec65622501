"""The walkthrough in this process: what its pages have started ends with it."""

import asyncio
from collections.abc import Callable
from typing import Any

from daphne.http_protocol import WebRequest
from daphne.server import Server
from twisted.internet.defer import Deferred

from workbook import limits
from workbook.exercise import parcel, processes
from workbook.server import allowed_hosts, names
from workbook.web import settings

LARGEST = 2 * parcel.LARGEST  # bytes of a message: a parcel in letters, from own pages alone


def serve(host: str, port: int, announce: Callable[[list[str]], None]) -> None:
    """Serves the walkthrough until it is stopped; announces its addresses once it listens."""
    limits.take_descriptors()
    limits.impose()
    # Not the environment's list, which is another project's: a `*` would let any site in.
    settings.ALLOWED_HOSTS = allowed_hosts(host)
    from workbook.web.asgi import application
    from workbook.web.practice import consumers, servers

    processes.warm_up()
    try:
        GracefulServer(
            application,
            endpoints=[f"tcp:port={port}:interface={host}"],
            websocket_max_message_size=LARGEST,
            websocket_max_frame_size=LARGEST,
            ready_callable=lambda: announce([f"http://{name}:{port}/" for name in names(host)]),
        ).run()
    finally:
        servers.end()
        consumers.end()


class GracefulServer(Server):
    """Answers what was asked before it ends.

    The thread of a request that is cut off would wait for ever for a loop that has ended, and this
    process for the thread.
    """

    def kill_all_applications(self) -> Any:
        answered = Deferred.fromFuture(asyncio.ensure_future(self.answered()))
        return answered.addCallback(lambda _: super(GracefulServer, self).kill_all_applications())

    async def answered(self) -> None:
        while waiting := [
            about["application_instance"]
            for connection, about in self.connections.items()
            if isinstance(connection, WebRequest)
            and "application_instance" in about
            and not about["application_instance"].done()
        ]:
            await asyncio.wait(waiting)
