"""The walkthrough in this process: what its pages have started ends with it."""

from collections.abc import Callable

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
    from daphne.server import Server

    from workbook.web.asgi import application
    from workbook.web.practice import consumers, servers

    processes.warm_up()
    try:
        Server(
            application,
            endpoints=[f"tcp:port={port}:interface={host}"],
            websocket_max_message_size=LARGEST,
            websocket_max_frame_size=LARGEST,
            ready_callable=lambda: announce([f"http://{name}:{port}/" for name in names(host)]),
        ).run()
    finally:
        servers.end()
        consumers.end()
