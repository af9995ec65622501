"""What note 5 says of the event loop, of threads, and of who gives way."""

import asyncio
import threading

import pytest
from asgiref.sync import async_to_sync
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer, WebsocketConsumer
from channels.layers import InMemoryChannelLayer
from channels.testing import WebsocketCommunicator
from daphne.server import Server
from django.conf import settings

from tests.support.projects import outcomes, snapshot
from workbook.notes import note_path, page
from workbook.steps import step


@pytest.fixture(autouse=True)
def configured():
    """Settings as they are without a project, for Channels asks them for its layers."""
    if not settings.configured:
        settings.configure()


async def test_a_call_to_the_layer_in_memory_gives_way_only_to_send_to_a_group():
    """At an await before group_add or group_discard nobody else has a turn; before group_send all have."""
    layer = InMemoryChannelLayer()

    assert not gives_way(layer.group_add("chat", "specific.a"))
    assert gives_way(layer.group_send("chat", {"type": "chat.message"}))
    assert not gives_way(layer.group_discard("chat", "specific.a"))


async def test_a_reply_to_daphne_gives_way_to_nobody():
    """Daphne takes an acceptance and a message at once: an await before them does not pause."""
    consumer = AsyncWebsocketConsumer()
    taken, consumer.base_send = daphne()

    assert not gives_way(consumer.accept())
    assert not gives_way(consumer.send(text_data="hello"))
    assert [reply["type"] for reply in taken] == ["websocket.accept", "websocket.send"]


def daphne():
    """What a browser's connection took, and the function by which Daphne gives it that."""
    taken = []
    server = Server(application=None, endpoints=["tcp:0"])  # which it never opens
    protocol = type("Protocol", (), {"handle_reply": staticmethod(taken.append)})()
    server.connections = {protocol: {}}
    return taken, lambda reply: server.handle_reply(protocol, reply)


def gives_way(coroutine):
    """Whether it pauses before it is done."""
    try:
        coroutine.send(None)
    except StopIteration:
        return False
    coroutine.close()
    return True


async def test_a_coroutine_that_is_ready_lets_nobody_in():
    """An await pauses only if the result is not there yet."""
    turns = []

    async def ready():
        turns.append("ready")

    async def waiting():
        await asyncio.sleep(0)
        turns.append("waiting")

    async def other():
        turns.append("other")

    for each in (ready, waiting):
        waiter = asyncio.ensure_future(other())
        await each()
        await waiter

    assert turns == ["ready", "other", "other", "waiting"]


async def test_synchronous_consumers_share_one_thread_beside_the_loop():
    """Two consumers work in the same thread, which is not the event loop's."""
    threads = await threads_of(WebsocketConsumer)

    assert len(threads) == 1
    assert threading.get_ident() not in threads


async def test_asynchronous_consumers_work_in_the_loops_thread():
    """Two consumers work in the thread of the event loop."""
    assert await threads_of(AsyncWebsocketConsumer) == {threading.get_ident()}


async def threads_of(base):
    """The threads in which two consumers of this class accept their connections."""
    threads = set()

    class Consumer(base):
        def accept(self, *args, **kwargs):
            threads.add(threading.get_ident())
            return super().accept(*args, **kwargs)

    for _ in range(2):
        async with entered(Consumer):
            pass
    return threads


class entered:
    """A browser's end of a WebSocket to such a consumer, for the length of a block."""

    def __init__(self, consumer):
        self.socket = WebsocketCommunicator(consumer.as_asgi(), "/")

    async def __aenter__(self):
        assert (await self.socket.connect())[0]
        return self.socket

    async def __aexit__(self, *_):
        await self.socket.disconnect()


async def test_a_query_waits_for_the_thread_of_the_synchronous_consumers():
    """What goes through database_sync_to_async is in the thread in which those work."""
    queries = {await database_sync_to_async(threading.get_ident)() for _ in range(2)}

    assert queries == await threads_of(WebsocketConsumer)


async def test_a_consumer_takes_the_next_event_when_it_is_done_with_the_last():
    """While a method waits, the consumer's next event waits too."""
    said = []
    gate, begun = asyncio.Event(), asyncio.Event()

    class Slow(AsyncWebsocketConsumer):
        async def receive(self, text_data=None, bytes_data=None):
            said.append(f"{text_data} begins")
            begun.set()
            await gate.wait()
            said.append(f"{text_data} ends")
            await self.send(text_data=text_data)

    async with entered(Slow) as socket:
        for text in ("one", "two"):
            await socket.send_to(text_data=text)
        await begun.wait()
        gate.set()
        assert [await socket.receive_from() for _ in range(2)] == ["one", "two"]

    assert said == ["one begins", "one ends", "two begins", "two ends"]


async def test_a_plain_method_of_an_asynchronous_consumer_fails():
    """Channels awaits what the method returns, and None cannot be awaited."""

    class Plain(AsyncWebsocketConsumer):
        def connect(self):
            return None

    with pytest.raises(TypeError, match="NoneType"):
        await WebsocketCommunicator(Plain.as_asgi(), "/").connect()


async def test_a_result_that_is_there_cannot_be_awaited():
    """An await before a plain function fails with a TypeError that names what it returned."""
    with pytest.raises(TypeError, match=r"\bstr\b"):
        await "hello"


async def test_async_to_sync_refuses_to_work_in_the_loops_thread():
    """It would wait there for work that only the same thread can do."""
    with pytest.raises(RuntimeError, match="You cannot use AsyncToSync in the same thread"):
        async_to_sync(asyncio.sleep)(0)


def test_await_works_only_in_an_async_def():
    """In a plain function Python refuses the whole file."""
    with pytest.raises(SyntaxError, match="'await' outside async function"):
        compile("def connect():\n    await accept()\n", "consumers.py", "exec")


def test_a_test_of_the_readers_own_passes(tmp_path):
    """The one that the note shows needs no server and no browser."""
    project = snapshot(step(5), tmp_path / "project")
    listings = [block.source for block in page(note_path(step(5), "en")).blocks]
    own = next(each for each in listings if each.startswith("from channels.routing"))
    (project / "chat" / "test_chat.py").write_text(own)

    assert set(outcomes(project, "chat/test_chat.py").values()) == {"passed"}
