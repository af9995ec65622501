"""The wire says what travels, and a client that was there has seen the same."""

import json
import os
import re
import socket
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from http.client import HTTPConnection
from queue import Queue
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests.support.projects import Classroom, edited, snapshot
from tests.support.servers import PATIENCE, Served, Server, eventually, hear, running, say
from workbook.exercise.mistakes import Edit
from workbook.limits import BODY
from workbook.recorder.live import CROWD
from workbook.server import EVERYWHERE, LOOPBACK, command, settled
from workbook.steps import step
from workbook.wire import listener
from workbook.wire.codes import meaning
from workbook.wire.listener import Wire
from workbook.wire.sayings import reason

CHANNEL_LAYER, ASYNC = step(4), step(5)
CHATS = pytest.mark.parametrize("step", [CHANNEL_LAYER, ASYNC], ids=lambda step: step.slug)
LAYERS = pytest.mark.parametrize("layer", ["memory", "redis"])
LINE = re.compile(r" *\d+\.\d{3}  (?:(\d)  )?(\w+|-) +(\w+(?: → \w+)?) {2,}(.*)")


class Line(NamedTuple):
    """A line of the wire's, without its moment."""

    server: str
    name: str
    lanes: str
    says: str


def lines(server):
    """What the wire has said so far."""
    found = map(LINE.fullmatch, server.output.splitlines())
    return [Line(each[1] or "1", *each.groups()[1:]) for each in found if each]


def says(server, words, name=None):
    """The first line with these words, of this WebSocket; waits until it is there."""

    def found():
        return [each for each in lines(server) if words in each.says and name in (None, each.name)]

    eventually(found)
    return found()[0]


@pytest.fixture(scope="module")
def served(some_redis):
    """A step served by two processes on Redis, or by one in memory, with the wire on."""
    with ExitStack() as servers:

        @cache
        def serve(step, layer):
            server = Server(step, servers=2 if layer == "redis" else 1, layer=layer)
            server.command.append("--wire")
            return servers.enter_context(server)

        yield serve


@contextmanager
def entered(server, room, at=0):
    """A WebSocket to the room at one of the servers, and the name that the wire gives it."""
    before = names(server)
    with server.enter(room, server=at) as client:
        eventually(lambda: names(server) != before)
        yield client, names(server)[-1]


def names(server):
    return [each.name for each in lines(server) if "asks for a WebSocket" in each.says]


@CHATS
@LAYERS
def test_what_two_clients_say_and_hear_is_said(step, layer, served):
    """Each frame with its direction, text and size; whom the event reached; each close and its code."""
    server = served(step, layer)
    other = len(server.ports) - 1
    with entered(server, "غرفة") as (mona, a), entered(server, "غرفة", other) as (omar, b):
        says(server, "accepts", b)
        sent = json.dumps({"message": "أهلًا"}, ensure_ascii=False)
        mona.send(sent)
        heard = [client.recv(timeout=PATIENCE) for client in [mona, omar]]
        omar.close(4001)
    for name, code in [(a, 1000), (b, 4001)]:
        says(server, f"closes with {code}", name)
        says(server, "takes `websocket.disconnect`", name)

    def frames(name, lanes):
        found = [each.says for each in lines(server) if (each.name, each.lanes) == (name, lanes)]
        return [each for each in found if each.startswith("the frame")]

    def written(text):
        return f"the frame `{text}`, {len(text.encode())} B"

    assert frames(a, "window → consumer") == [written(sent)]
    assert frames(b, "window → consumer") == []
    assert frames(a, "consumer → window") == [written(heard[0])]
    assert frames(b, "consumer → window") == [written(heard[1])]
    assert says(server, "calls `group_send`", a).says.endswith(f"reaches 2: {a}, {b}")
    for name in [a, b]:
        assert says(server, "takes `{'type': 'chat_message'", name).lanes == "layer → consumer"
    assert "closes with 4001: a code of the project's own" in says(server, "closes", b).says
    assert says(server, "accepts", b).server == str(other + 1)


@CHATS
@LAYERS
def test_a_refused_handshake_says_why(step, layer, served):
    """A foreign Origin: which guard, and which setting; an address without a route: which there are."""
    server = served(step, layer)
    with pytest.raises(InvalidStatus) as foreign, server.enter("x", "http://evil.example"):
        pass
    address = server.address("x").replace("/chat/", "/char/")
    with (
        pytest.raises(InvalidStatus) as nowhere,
        connect(address, origin="http://127.0.0.1", proxy=None, open_timeout=PATIENCE),
    ):
        pass

    guard = says(server, "does not let in the Origin").says
    assert guard.startswith(f"refuses the handshake with {foreign.value.response.status_code}:")
    assert "`AllowedHostsOriginValidator`" in guard
    assert "the Origin `http://evil.example`; `ALLOWED_HOSTS` has `localhost`" in guard
    route = says(server, "no route leads to").says
    assert route.startswith(f"refuses the handshake with {nowhere.value.response.status_code}:")
    assert "no route leads to `/ws/char/x/`; there are `ws/chat/<str:room_name>/`" in route


BROKEN = """\
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from .rooms import announce


class ChatConsumer(AsyncJsonWebsocketConsumer):
    groups = ["room"]

    async def receive_json(self, content):
        await getattr(self, content["message"])()

    async def helper(self):
        announce(self.channel_layer, "room")
        await self.send_json({})

    async def handler(self):
        await self.channel_layer.group_send("room", {"type": "nobody_takes"})

    async def trouble(self):
        return 1 / 0

    async def goodbye(self):
        await self.close(code=4002)

    async def full(self):
        await self.channel_layer.group_add("deaf", "nobody-listens")
        for _ in range(3):
            await self.channel_layer.group_send("deaf", {"type": "chat_message"})
        await self.send_json({})

    async def stuffed(self):
        for _ in range(3):
            await self.channel_layer.send("also-nobody", {"type": "chat_message"})
"""
ROOMS = """\
def announce(layer, group):
    layer.group_send(group, {"type": "chat_message"})
"""


@pytest.fixture(scope="module", params=["memory", "redis"])
def broken(request, tmp_path_factory, some_redis):
    """A learner's own project on the desk, in which much is wrong, with the wire on."""
    classroom = Classroom(tmp_path_factory.mktemp("wire"))
    edits = [
        Edit("chat/consumers.py", "", BROKEN),
        Edit("chat/rooms.py", "", ROOMS),
        Edit("mysite/settings.py", "CHANNEL_CAPACITY = 10_000", "CHANNEL_CAPACITY = 2"),
    ]
    edited(classroom.solve(ASYNC), edits)
    with Served("run", "--wire", f"--layer={request.param}", folder=classroom.path) as server:
        yield server


@contextmanager
def ask(server, message):
    """A client that asks the broken project for something."""
    address = f"ws://127.0.0.1:{server.port}/ws/chat/x/"
    origin = "http://127.0.0.1"
    with connect(address, origin=origin, proxy=None, open_timeout=PATIENCE) as client:
        say(client, message)
        yield client


def code_of(client):
    """The code with which the server closes it."""
    with pytest.raises(ConnectionClosed) as closed:
        client.recv(timeout=PATIENCE)
    return closed.value.rcvd.code


def test_a_call_that_nobody_awaits_is_named_with_its_line(broken):
    """In a module beside the consumer, too; and what comes of it."""
    with ask(broken, "helper") as client:
        assert hear(client) == {}

    assert says(broken, "nobody awaited it").says == (
        "`announce` in `chat/rooms.py`, line 2, called `group_send`, "
        "and nobody awaited it: the room hears nothing"
    )


def test_an_event_that_no_handler_takes_ends_the_connection(broken):
    """The class and the method that it lacks are named, the exception, and the code that the client sees."""
    with ask(broken, "handler") as client:
        assert code_of(client) == 1011

    missing = says(broken, "no handler takes")
    assert missing.lanes == "layer → consumer"
    assert "`ChatConsumer` has no method `nobody_takes`" in missing.says
    says(broken, "`ValueError: No handler for message type nobody_takes` ends it", missing.name)
    says(broken, "closes with 1011: an exception ended the consumer", missing.name)


def test_an_exception_is_named_with_its_line(broken):
    """The project's own line, and the code that the client sees."""
    with ask(broken, "trouble") as client:
        assert code_of(client) == 1011

    raised = says(broken, "ZeroDivisionError")
    assert raised.says == (
        "`ZeroDivisionError: division by zero` ends it, "
        "from `ChatConsumer.trouble` in `chat/consumers.py`, line 20"
    )
    assert says(broken, "closes with 1011", raised.name).lanes == "consumer → window"


def test_a_close_has_its_code(broken):
    """The one that the project gives is the one that the client sees."""
    with ask(broken, "goodbye") as client:
        assert code_of(client) == 4002

    assert says(broken, "closes with 4002").lanes == "consumer → window"


def test_a_full_channel_is_named(broken):
    """A group's, where nobody is told of it, and one of its own, where an exception tells."""
    with ask(broken, "full") as client:
        assert hear(client) == {}
    with ask(broken, "stuffed") as client:
        assert code_of(client) == 1011

    sent = says(broken, "full channels, where the event is lost: 1")
    assert "calls `group_send` to the group `deaf`" in sent.says
    assert "line 28" in sent.says
    assert [
        each for each in lines(broken) if "group `deaf`" in each.says and "reaches 1" in each.says
    ]
    assert "calls `send` to also-nobody" in says(broken, "`ChatConsumer.stuffed`").says
    says(broken, "`ChannelFull")


def test_a_page_is_said_with_its_answer(broken):
    """What was asked for and, of a page that is not there, why."""
    with urlopen(f"http://127.0.0.1:{broken.port}/chat/") as page:
        size = len(page.read())

    assert says(broken, "asks for `GET /chat/`").lanes == "page → server"
    assert f"answers `GET /chat/` with 200, {size} bytes" in says(broken, "answers").says


def test_before_daphne_pages_are_on_the_wire_too(classroom):
    """What startproject makes speaks HTTP alone: a page that is not there, one that fails, a handshake."""
    classroom.make("step-1", "start")
    broken = (
        "from django.urls import path\n\nurlpatterns = [path('half/', lambda request: 1 / 0)]\n"
    )
    (classroom.work / "mysite" / "urls.py").write_text(broken, "utf-8")
    with Served("run", "--wire", folder=classroom.path) as server:
        here = f"{LOOPBACK}:{server.port}"
        for page, status in [("nowhere/", 404), ("half/", 500)]:
            with pytest.raises(HTTPError) as refused:
                urlopen(f"http://{here}/{page}")
            assert refused.value.code == status
            refused.value.close()
        with pytest.raises(InvalidStatus), connect(f"ws://{here}/ws/", proxy=None):
            pass

        assert "no route leads to `/nowhere/`; there are `half/`" in says(server, "with 404").says
        assert "`mysite/urls.py`, line 3" in says(server, "with 500").says
        assert "and speaks only HTTP" in says(server, "WebSocket by `GET /ws/`").says


def test_of_a_crowd_the_wire_tells_how_many(served):
    """Of thousands of frames some are told, and the others counted; the close is told as ever."""
    server = served(ASYNC, "memory")
    with entered(server, "crowd") as (client, name):
        for number in range(2 * CROWD):  # at once: with pauses between them each would be told
            say(client, number)
        for _ in range(2 * CROWD):
            hear(client)

    assert says(server, "too many to be told one by one").name == "-"
    assert says(server, "closes with 1000", name)


def test_a_saved_file_begins_the_server_anew_on_the_wire(broken):
    """Django's reloader starts another process: the wire tells of both."""
    settings = broken.folder / "work" / "mysite" / "settings.py"

    def begun():
        return len([each for each in lines(broken) if each.says == "begins"])

    def saved():
        settings.touch()  # again and again, since the reloader has to have seen it before
        return begun() > before

    before = begun()
    eventually(saved)
    says(broken, "ends, and its connections with it")


def test_a_reader_of_arabic_is_told_in_arabic():
    """The lanes too, and no line in English stands beside it."""
    server = Server(ASYNC, WORKBOOK_LANG="both")
    server.command.append("--wire")
    with server, server.enter("lobby") as client:
        say(client, "hello")
        hear(client)
        eventually(lambda: "الإطار `" in server.output)

    assert "من النافذة إلى المستهلك" in server.output


def test_without_the_wire_nothing_is_watched():
    """The project is served by its own manage.py, as if there were no wire."""
    assert command(LOOPBACK, 8000)[1:] == ["manage.py", "runserver", f"{LOOPBACK}:8000"]


def listening():
    """What a Wire calls with records, and where they then are, one by one."""
    heard = Queue()
    return lambda records: [heard.put(each) for each in records], heard


def test_a_network_is_served_within_its_limits_on_the_wire_too(tmp_path):
    """Whoever sends too much is refused as ever, and the answer is on the wire."""
    hear, heard = listening()
    project = snapshot(ASYNC, tmp_path / "project")
    with Wire(hear) as wire:
        words = command(EVERYWHERE, 0, True)[1:-1]
        environment = settled({**os.environ, **wire.variables(1)}, LOOPBACK)
        with running(*words, project=project, **environment) as server:
            with pytest.raises(OSError), closing(HTTPConnection(LOOPBACK, server.port)) as client:
                client.request("POST", "/chat/", body=bytes(4 * BODY))
                client.getresponse()
            urlopen(f"http://{LOOPBACK}:{server.port}/chat/").close()
            kinds = [heard.get(timeout=PATIENCE).kind for _ in range(3)]

    assert kinds == ["begun", "request", "answer"]


def test_a_stranger_is_not_heard():
    """Another process of this machine that does not know the password."""
    hear, heard = listening()
    with Wire(hear) as wire:
        port, password, _ = wire.variables(1)["WORKBOOK_WIRE"].split()
        for word in ["wrong", password]:
            with socket.create_connection((LOOPBACK, int(port))) as line:
                line.sendall(f"{word} 1 1\n".encode())
                line.shutdown(socket.SHUT_WR)
                assert line.recv(1) == b""

    assert [heard.get(timeout=PATIENCE).kind for _ in range(2)] == ["begun", "ended"]
    assert heard.empty()


def test_what_was_told_late_stands_in_its_place(monkeypatch):
    """A call is told of when it is done, and stands where it began; names are given in this order."""
    monkeypatch.setattr(listener, "HELD", PATIENCE)
    hear, heard = listening()
    with Wire(hear) as wire:
        began = wire.scene.began
        facts = [
            {"kind": "Opened", "visit": 1, "process": 1, "server": 1, "moment": began},
            {"kind": "Knocked", "visit": 1, "process": 1, "server": 1, "moment": began - 0.001}
            | {"path": "/ws/", "origin": None},
        ]
        for fact in facts:
            wire.keep(fact)
    records = [heard.get(timeout=PATIENCE) for _ in facts]

    assert [(each.kind, each.name) for each in records] == [("handshake", "A"), ("opened", "A")]
    assert records[0].says.ar


def test_of_many_routes_the_first_few_are_named():
    """Django's admin alone has more than a line takes."""

    def why(count):
        routes = [[f"page-{number}/", False, "chat.views.index", None] for number in range(count)]
        fact = {"kind": "Unrouted", "scheme": "page", "path": "/x/", "routes": routes, "near": []}
        return reason(fact).en

    assert why(0).endswith("there are none")
    assert why(2).endswith("there are `page-0/`, `page-1/`")
    assert why(9).endswith("`page-4/`, …")


def test_a_code_has_its_meaning():
    """Those of the standard, those of libraries, those of the project and all others."""
    texts = {meaning(code).en for code in [1000, 1006, 3500, 4001, 2000]}

    assert len(texts) == 5
