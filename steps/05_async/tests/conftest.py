import asyncio
import json
from contextlib import suppress
from time import thread_time
from urllib.parse import quote
from uuid import uuid4

import pytest
from channels.testing import WebsocketCommunicator

QUIET = 0.5  # seconds in which nothing goes on any more: what has not come will not come
LONGEST = 6  # seconds that a check waits while something goes on
TURN = 0.05  # seconds
IDLE = 0.003  # seconds of the processor's that a turn takes in which nothing is done


def pytest_collection_modifyitems(config, items):
    """Keeps the order of the lessons; pytest-django would put what uses the database first."""
    order = config.getini("testpaths")
    items.sort(key=lambda item: (order.index(f"tests/{item.path.name}"), item.location[1]))


class Activity:
    """What goes on in the event loop: timers that will ring soon, and work in threads.

    With neither, all tasks wait for each other: nothing more will come. A moment is left
    to what cannot be seen from here, such as Redis. It is counted in turns of the loop,
    so that while the machine stands still no patience is lost.
    """

    def __init__(self, loop, monkeypatch):
        self.loop = loop
        self.timers = []
        self.jobs = []
        self.note(monkeypatch, "call_at", self.timers)
        self.note(monkeypatch, "run_in_executor", self.jobs)

    def note(self, monkeypatch, name, made):
        """Keeps what the loop's method returns."""
        method = getattr(self.loop, name)

        def noting(*args, **kwargs):
            made.append(method(*args, **kwargs))
            return made[-1]

        monkeypatch.setattr(self.loop, name, noting)

    def __bool__(self):
        now = self.loop.time()
        self.jobs[:] = [job for job in self.jobs if not job.done()]
        self.timers[:] = [
            timer for timer in self.timers if not timer.cancelled() and timer.when() > now
        ]
        return bool(self.jobs) or any(timer.when() < now + LONGEST for timer in self.timers)


class Browser(WebsocketCommunicator):
    """A browser's end of a WebSocket."""

    def __init__(self, application, address, headers, activity):
        super().__init__(application, address, headers)
        self.activity = activity
        self.heard = []  # every message that came
        self.waited = 0

    async def says(self, message):
        """Sends a message as the room's page does."""
        await self.send_json_to({"message": message})

    async def hears(self, message):
        """Waits until the page would show the message; what comes before it is passed over."""
        return await self.gets("message", message)

    async def gets(self, key, *values):
        """What is in the next frame with the key, and with the value if one is given."""
        self.waited = 0
        others = []
        while True:
            try:
                frame = await self.receive_from()
            except TimeoutError:
                if not others:
                    raise
                break
            content = parsed(frame)
            if "message" in content:
                self.heard.append(content["message"])
            if key in content and (not values or content[key] in values):
                return content
            others.append(frame)
        wanted = ": ".join(json.dumps(each, ensure_ascii=False) for each in (key, *values))
        came = " ".join(str(frame)[:100] for frame in others[:5])
        raise AssertionError(f"no frame came with {wanted}, but {came}")

    async def receive_output(self, timeout=None):
        """What the consumer sends next; its error if it fails, its silence as a TimeoutError."""
        output = asyncio.ensure_future(self.output_queue.get())
        await self.patiently(output, self.future)
        if output.done():
            return output.result()
        output.cancel()
        if self.future.done():
            self.future.result()
        if self.waited >= LONGEST:
            raise TimeoutError(f"the consumer was still busy after {LONGEST} seconds")
        raise TimeoutError("the consumer sent nothing")

    async def wait(self, timeout=None):
        """Waits until the consumer has ended; its error if it fails."""
        self.waited = 0
        await self.patiently(self.future)
        await super().wait(0)

    async def patiently(self, *futures):
        """Waits for one of them while something goes on, and a little longer."""
        quiet = 0
        while quiet < QUIET and self.waited < LONGEST:
            start, work = self.activity.loop.time(), thread_time()
            done, _ = await asyncio.wait(futures, timeout=TURN, return_when=asyncio.FIRST_COMPLETED)
            self.waited += min(self.activity.loop.time() - start, TURN)
            if done:
                return
            is_working = thread_time() - work > IDLE
            quiet = 0 if self.activity or is_working else quiet + TURN


def parsed(frame):
    """The object in a frame; an empty one if there is none, of which a page would show nothing."""
    with suppress(ValueError):
        if isinstance(frame, str) and isinstance(content := json.loads(frame), dict):
            return content
    return {}


@pytest.fixture
async def layers():
    """The channel layers, if there are any, as new: each test has an event loop of its own."""
    from channels.layers import channel_layers

    layers = []
    with suppress(Exception):  # what is wrong with the setting, the checks say
        for name in channel_layers.configs:
            layer = channel_layers[name]
            # The same object, since consumers may hold it already, with the contents of a new one.
            vars(layer).update(vars(channel_layers.make_backend(name)))
            layer.prefix = f"test-{uuid4().hex}"  # apart from every other chat on the same Redis
            layers.append(layer)
    yield layers
    for layer in layers:
        with suppress(Exception):
            await layer.flush()


@pytest.fixture
async def enter(db, layers, monkeypatch):
    """Opens the WebSocket of a room as its page does; a test database is there for the consumer."""
    from channels.routing import get_default_application

    activity = Activity(asyncio.get_running_loop(), monkeypatch)
    sockets = []

    async def enter(room_name="lobby", origin="http://testserver", path="/ws/chat/{}/"):
        address = path.format(quote(room_name, safe=""))
        headers = [(b"host", b"testserver"), (b"origin", origin.encode())]
        socket = Browser(get_default_application(), address, headers, activity)
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
