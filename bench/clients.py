"""Crowds of WebSocket clients, as load on a server. They count what reaches them."""

import asyncio
import json
import time
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from uuid import uuid4

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

JOINING = 50  # at a time: a server's queue of new connections is short
QUIET = 5  # seconds without a delivery, after which what is missing is lost


def new_rooms(count):
    """Names of rooms in which nobody ever was."""
    return [uuid4().hex for _ in range(count)]


@asynccontextmanager
async def crowd(port, rooms):
    """A socket into each of the rooms; all are closed in the end."""
    joining = asyncio.Semaphore(JOINING)
    sockets = []

    async def join(room):
        async with joining:
            socket = await connect(
                f"ws://127.0.0.1:{port}/ws/chat/{room}/",
                origin=f"http://127.0.0.1:{port}",
                proxy=None,
                compression=None,
                open_timeout=60,
                ping_interval=None,  # a server under load may answer late
            )
            sockets.append(socket)

    try:
        await asyncio.gather(*map(join, rooms))
        yield sockets
    finally:
        await asyncio.gather(*(socket.close() for socket in sockets))


async def round_trips(port, rooms, total):
    """Round trips a second, with a client in each of the rooms, who waits for every answer."""

    async def chat(socket):
        for number in range(total // len(rooms)):
            await say(socket, f"hello {number}")
            assert f"hello {number}" in await socket.recv()

    async with crowd(port, rooms) as sockets:
        started = time.perf_counter()
        await asyncio.gather(*map(chat, sockets))
        return total / (time.perf_counter() - started)


async def say(socket, message):
    await socket.send(json.dumps({"message": message}))


@dataclass(frozen=True)
class Burst:
    """What became of a room's messages: each was meant for each client."""

    expected: int
    delivered: int
    seconds: float

    @property
    def lost(self):
        return self.expected - self.delivered

    @property
    def rate(self):
        """Deliveries a second."""
        return self.delivered / self.seconds


async def burst(port, clients, messages, senders=None):
    """All the clients of one room, or the first few, send so many messages each, all at once."""
    async with crowd(port, new_rooms(1) * clients) as sockets:
        speakers = sockets[:senders]
        said = messages * len(speakers)
        ears = [Ear() for _ in sockets]
        started = time.perf_counter()
        listening = [
            asyncio.create_task(ear.listen(socket, said))
            for ear, socket in zip(ears, sockets, strict=True)
        ]
        await asyncio.gather(*(speak(*each, messages) for each in enumerate(speakers)))
        await until_quiet(listening, ears)
    return Burst(
        expected=said * clients,
        delivered=sum(len(ear.heard) for ear in ears),
        seconds=max(ear.last for ear in ears) - started,
    )


class Ear:
    """The different messages that one client heard, and when the last came."""

    def __init__(self):
        self.heard = set()
        self.last = 0

    async def listen(self, socket, expected):
        with suppress(ConnectionClosed):  # what a dead socket does not hear is lost
            while len(self.heard) < expected:
                self.heard.add(await socket.recv())
                self.last = time.perf_counter()


async def speak(speaker, socket, messages):
    with suppress(ConnectionClosed):
        for number in range(messages):
            await say(socket, f"{number} from {speaker}")


async def until_quiet(listening, ears):
    """Waits until all have heard everything, or nobody has heard anything for a while."""
    waiting = set(listening)
    while waiting:
        before = max(ear.last for ear in ears)
        _, waiting = await asyncio.wait(waiting, timeout=QUIET)
        if before == max(ear.last for ear in ears):
            break
    for task in waiting:
        task.cancel()


@dataclass(frozen=True)
class Idleness:
    """What sockets cost that only wait, and how many of them a message then reaches."""

    joining: float  # seconds, for all
    memory: float  # KiB each
    reached: int


async def idleness(port, clients, memory):
    """Sits in one room; `memory` says how much the server has, in bytes."""
    before, started = memory(), time.perf_counter()
    async with crowd(port, new_rooms(1) * clients) as sockets:
        joined, after = time.perf_counter(), memory()
        ears = [Ear() for _ in sockets]
        listening = [
            asyncio.create_task(ear.listen(socket, 1))
            for ear, socket in zip(ears, sockets, strict=True)
        ]
        await say(sockets[0], "Is anybody here?")
        await until_quiet(listening, ears)
    return Idleness(
        joining=joined - started,
        memory=(after - before) / 1024 / clients,
        reached=sum(len(ear.heard) for ear in ears),
    )


async def visit(port, rooms):
    """Enters each of the rooms and leaves again."""
    async with crowd(port, rooms):
        pass


async def lifetime(port, limit):
    """Seconds until the server closes a socket that only waits; `limit` if it then still chats."""
    async with crowd(port, new_rooms(1)) as [socket]:
        started = time.perf_counter()
        try:
            await asyncio.wait_for(socket.recv(), limit)
        except ConnectionClosed:
            return time.perf_counter() - started
        except TimeoutError:
            await say(socket, "Still there?")
            assert "Still there?" in await socket.recv()
            return limit
