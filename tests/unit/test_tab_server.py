"""The tab's server beside a real Daphne: the same applications, the same clients, the same events."""

import asyncio
import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.support import little
from tests.support.servers import running
from workbook.steps import ROOT
from workbook.tab.server import Server

BIG = "x" * (1024 * 1024)
PATIENCE = 30  # seconds
# A path, and what its client says when it hears the first thing: a message, or a code to close with.
SOCKETS = {
    "/echo/": ["hello", "أهلًا وسهلًا", b"\x00\xff", "", BIG, 1000],
    "/echo/a%20b/%D8%BA?q=%20&r=1": ["hello", 4999],
    "/echo/without-a-code/": [None],
    "/echo/too-big/": [BIG + "x"],
    "/speaks_first/": ["thank you", 3000],
    "/refuses/": [],
    "/fails/": [],
    "/speaks_too_early/": [],
    "/chooses/": [1000],
    "/chooses_another/": [],
    "/closes/": ["hello"],
    "/closes_with_code/": ["hello"],
    "/closes_with_no_code_of_its_own/": [],
    "/speaks_while_it_closes/": [],
    "/speaks_after_the_end/": [1000],
    "/accepts_twice/": [],
    "/fails_at_a_message/": ["hello"],
    "/both_at_once/": [],
    "/nothing/": [1000],
    "/too_much/": [],
    "/leaves_without_a_word/": ["hello", 1000],
    "/never_answers/": [],
}
# By itself Daphne waits for the answer to its close for one second.
PATIENT = f"""
from daphne.cli import CommandLineInterface
from daphne.ws_protocol import WebSocketFactory

reset = WebSocketFactory.resetProtocolOptions

def patient(factory):
    reset(factory)
    factory.closeHandshakeTimeout = {PATIENCE}

WebSocketFactory.resetProtocolOptions = patient
CommandLineInterface.entrypoint()
"""
REQUESTS = {
    "/plain/": ("GET", b""),
    "/plain/a%20b/%D8%BA?q=%20&r=1": ("GET", b""),
    "/posted/": ("POST", b"x" * 20_000),
    "/posted/two-chunks": ("POST", b"x" * 16_384),
    "/posted/nothing": ("POST", b""),
    "/in_parts/": ("GET", b""),
    "/cookies/": ("GET", b""),
    "/fails/": ("GET", b""),
    "/text_headers/": ("GET", b""),
    "/starts_twice/": ("GET", b""),
    "/body_first/": ("GET", b""),
    "/unknown/": ("GET", b""),
}
ANSWERS = ["speaks_first", "echo", "nothing"]  # what says something back


class Daphne:
    """A client of a server on loopback."""

    def __init__(self, port):
        self.port = port

    async def ask(self, target, method="GET", body=b""):
        return await asyncio.to_thread(self.asked, target, method, body)

    def asked(self, target, method, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, target, body)
        answer = connection.getresponse()
        headers = [(name.lower(), value) for name, value in answer.getheaders()]
        body = answer.read()
        connection.close()
        return answer.status, headers, body

    @contextmanager
    def talk(self, target):
        yield DaphneTalk(f"ws://127.0.0.1:{self.port}{target}")


class DaphneTalk:
    """One WebSocket through the network."""

    def __init__(self, address):
        self.address = address

    async def open(self):
        try:
            self.client = await connect(
                self.address, subprotocols=["json", "chat"], proxy=None, max_size=None
            )
        except (InvalidHandshake, EOFError, OSError):
            return None
        return self.client.subprotocol or ""

    async def send(self, data):
        await self.client.send(data)

    async def close(self, code):
        if code is None:
            self.client.protocol.send_close()
            self.client.send_data()
        else:
            await self.client.close(code)

    async def hear(self):
        try:
            return await self.client.recv()
        except ConnectionClosed:
            return self.client.close_code


class Tab:
    """A client of the tab's server."""

    def __init__(self):
        self.server = Server(little.application)

    async def ask(self, target, method="GET", body=b""):
        status, headers, body = await self.server.request(method, target, [], body)
        return status, [(name.decode(), value.decode()) for name, value in headers], body

    @contextmanager
    def talk(self, target):
        yield TabTalk(self.server, target)


class TabTalk:
    """One WebSocket in the tab."""

    def __init__(self, server, target):
        self.server, self.target = server, target
        self.heard = asyncio.Queue()

    async def open(self):
        self.socket = self.server.connect(
            self.target, lambda *what: self.heard.put_nowait(what), [], ["json", "chat"]
        )
        kind, about = await self.heard.get()
        return about if kind == "open" else None

    async def send(self, data):
        self.socket.send(data)

    async def close(self, code):
        self.socket.close(code)

    async def hear(self):
        return (await self.heard.get())[1]


@pytest.fixture(scope="module")
def both():
    """What was heard and seen at each path, of Daphne and of the tab's server."""
    words = ["-c", PATIENT, "--verbosity", "0", "tests.support.little:application", "-p"]
    # In a thread: a browser of this process's other tests has a loop that runs.
    with running(*words, project=ROOT) as server, ThreadPoolExecutor(1) as apart:
        yield apart.submit(asyncio.run, all_of_it(server.port)).result()


async def all_of_it(port):
    clients = [Daphne(port), Tab()]
    sockets = await asyncio.gather(*(each_socket(client) for client in clients))
    return sockets, [
        [await asked(client, *each) for each in REQUESTS.items()] for client in clients
    ]


async def each_socket(client):
    return await asyncio.gather(*(talked(client, *each) for each in SOCKETS.items()))


async def talked(client, target, said):
    """All that both ends of one WebSocket have heard, and what the application was told of it."""
    with client.talk(target) as talk:
        heard = [await talk.open()]
        if heard != [None]:
            heard += await whole_talk(talk, target, said)
    return heard, await seen(client, target, "websocket.disconnect" if ends(target) else "")


async def whole_talk(talk, target, said):
    heard = []
    if target.startswith(("/speaks_first", "/nothing")):
        heard.append(await talk.hear())
    for each in said:
        if isinstance(each, str | bytes):
            await talk.send(each)
            if target.startswith("/echo") and each and len(each) <= len(BIG):
                heard.append(await talk.hear())
        else:
            await talk.close(each)
    return [*heard, await talk.hear()]


def ends(target):
    """Whether the application there lives to see the end."""
    return target.startswith(
        (
            "/echo",
            "/speaks_first",
            "/refuses",
            "/chooses",
            "/closes/",
            "/closes_with_code",
            "/nothing",
        )
    )


async def seen(client, target, awaited):
    """What the application at this path has seen, as soon as it has seen the awaited event."""
    path = target.partition("?")[0]
    while True:
        _, _, body = await client.ask(f"/seen{path}")
        scope, events = json.loads(body)
        if not awaited or any(awaited in event.values() for event in events if event != "an error"):
            return {**scope, "client": None, "server": None}, events
        await asyncio.sleep(0)


async def asked(client, target, request):
    method, body = request
    status, headers, body = await client.ask(target, method, body)
    kept = [
        each for each in headers if each[0] in ("content-type", "set-cookie", "location", "server")
    ]
    return status, kept, status == 500 or body, await seen(client, target, "")


@pytest.mark.parametrize("number", range(len(SOCKETS)), ids=list(SOCKETS))
def test_a_websocket_goes_as_with_daphne(number, both):
    """Its client hears the same, and its application sees the same scope and events."""
    (daphne, tab), _ = both
    assert tab[number] == daphne[number]


@pytest.mark.parametrize("number", range(len(REQUESTS)), ids=list(REQUESTS))
def test_a_request_goes_as_with_daphne(number, both):
    """The same status, headers and body; the application sees the same scope and events."""
    _, (daphne, tab) = both
    assert tab[number] == daphne[number]
