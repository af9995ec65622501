import asyncio
from contextlib import suppress
from urllib.parse import quote
from uuid import uuid4

import pytest
from channels.testing import WebsocketCommunicator

PATIENCE = 1  # seconds in which a consumer has to say something


def pytest_collection_modifyitems(config, items):
    """Keeps the order of the lessons; pytest-django would put what uses the database first."""
    order = config.getini("testpaths")
    items.sort(key=lambda item: (order.index(f"tests/{item.path.name}"), item.location[1]))


class Browser(WebsocketCommunicator):
    """A browser's end of a WebSocket."""

    async def receive_output(self, timeout=PATIENCE):
        """What the consumer sends next; its error if it fails, its silence as a TimeoutError."""
        output = asyncio.ensure_future(self.output_queue.get())
        await asyncio.wait(
            {output, self.future},
            timeout=min(timeout, PATIENCE),
            return_when=asyncio.FIRST_COMPLETED,
        )
        if output.done():
            return output.result()
        output.cancel()
        if self.future.done():
            self.future.result()
        raise TimeoutError("the consumer sent nothing")


@pytest.fixture
async def layer():
    """The channel layer, if there is one, as new: each test has an event loop of its own."""
    from channels.layers import channel_layers, get_channel_layer

    layer = None
    with suppress(Exception):  # what is wrong with the setting, the checks say
        layer = get_channel_layer()
        # The same object, since consumers may hold it already, with the contents of a new one.
        vars(layer).update(vars(channel_layers.make_backend("default")))
        layer.prefix = f"test-{uuid4().hex}"  # apart from every other chat on the same Redis
    yield layer
    with suppress(Exception):
        await layer.flush()


@pytest.fixture
async def enter(db, layer):
    """Opens the WebSocket of a room as its page does; a test database is there for the consumer."""
    from channels.routing import get_default_application

    sockets = []

    async def enter(room_name="lobby", origin="http://testserver", path="/ws/chat/{}/"):
        address = path.format(quote(room_name, safe=""))
        headers = [(b"host", b"testserver"), (b"origin", origin.encode())]
        socket = Browser(get_default_application(), address, headers)
        socket.scope["client"] = ("127.0.0.1", 50000)
        sockets.append(socket)
        accepted, _ = await socket.connect()
        assert accepted, f"the WebSocket at {address} was refused"
        return socket

    yield enter
    for socket in sockets:
        if not socket.future.done():
            with suppress(Exception):
                await socket.disconnect()


@pytest.fixture
def consumers(monkeypatch):
    """The consumers that were called, in that order."""
    from channels.consumer import AsyncConsumer

    called = []
    call = AsyncConsumer.__call__

    async def remember(consumer, scope, receive, send):
        called.append(consumer)
        await call(consumer, scope, receive, send)

    monkeypatch.setattr(AsyncConsumer, "__call__", remember)
    return called
