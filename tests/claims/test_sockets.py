"""What notes 3 and 4 say of consumers, routes, guards and channel layers."""

import json
import re
from contextlib import asynccontextmanager

import pytest
from asgiref.sync import async_to_sync
from channels.exceptions import ChannelFull
from channels.generic.websocket import WebsocketConsumer
from channels.layers import InMemoryChannelLayer, channel_layers
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from channels.testing import WebsocketCommunicator
from daphne.server import Server
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from django.urls import include, path, re_path


@pytest.fixture(autouse=True)
def configured():
    """Settings as they are without a project, for Channels asks them for its layers."""
    if not settings.configured:
        settings.configure()


@pytest.fixture
def layer(monkeypatch):
    """The layer that the test's consumers are given."""
    layer = InMemoryChannelLayer()
    monkeypatch.setitem(channel_layers.backends, "default", layer)
    return layer


async def test_a_websocket_needs_its_own_key_in_the_protocol_router():
    """Without the key "websocket" the application ends with an error that says so."""
    with pytest.raises(ValueError, match="No application configured for scope type 'websocket'"):
        await socket(ProtocolTypeRouter({"http": None}), "/ws/").connect()


async def test_a_path_that_no_route_fits_is_an_error():
    """The router raises; it does not look for a slash that is missing."""
    router = URLRouter([path("ws/<str:room>/", Scope.as_asgi())])

    for address in ("/other/", "/ws/lobby"):
        with pytest.raises(ValueError, match="No route found for path"):
            await socket(router, address).connect()


async def test_a_route_begins_without_the_addresses_slash():
    """The router takes the first slash away, so that a route with one fits nothing."""
    with pytest.raises(ValueError, match="No route found"):
        await socket(URLRouter([path("/ws/", Scope.as_asgi())]), "/ws/").connect()


async def test_the_first_route_that_fits_gets_the_connection():
    """What it caught is in the scope, under `url_route`."""
    routes = [path(f"ws/<str:{name}>/", Scope.as_asgi()) for name in ("first", "second")]

    async with connected(URLRouter(routes), "/ws/lobby/") as browser:
        assert await browser.receive_from() == "{'args': (), 'kwargs': {'first': 'lobby'}}"


class Scope(WebsocketConsumer):
    """Tells the browser what its route has found."""

    def connect(self):
        self.accept()
        self.send(text_data=str(self.scope["url_route"]))


def test_the_router_takes_no_include():
    """It refuses one when it is made."""
    with pytest.raises(ImproperlyConfigured, match="include"):
        URLRouter([path("ws/", include([path("lobby/", Scope.as_asgi())]))])


async def test_an_expression_without_its_ends_is_searched_for_anywhere():
    """The documentation's ends with a dollar sign and has to fit the whole address."""
    elsewhere = "/elsewhere/ws/chat/lobby/"
    expression = r"ws/chat/(?P<room_name>\w+)/"

    async with connected(URLRouter([re_path(expression, Scope.as_asgi())]), elsewhere):
        pass
    with pytest.raises(ValueError, match="No route found"):
        await socket(URLRouter([re_path(f"{expression}$", Scope.as_asgi())]), elsewhere).connect()


async def test_a_consumer_without_as_asgi_cannot_be_awaited():
    """Calling the class makes an object, which the router then awaits in vain."""
    with pytest.raises(TypeError, match="Scope"):
        await socket(URLRouter([path("ws/", Scope)]), "/ws/").connect()


@pytest.mark.parametrize(
    ("origin", "let_in"),
    [
        ("http://localhost:8000", True),
        ("https://127.0.0.1", True),
        ("http://other.example", False),
        (None, False),
    ],
)
async def test_the_guard_lets_in_the_pages_of_this_machine(origin, let_in):
    """While the list is empty in DEBUG: by whatever port and protocol, but not without an Origin."""
    headers = [(b"origin", origin.encode())] if origin else []
    with override_settings(DEBUG=True, ALLOWED_HOSTS=[]):
        guarded = AllowedHostsOriginValidator(Echo.as_asgi())
        browser = WebsocketCommunicator(guarded, "/", headers=headers)

        assert (await browser.connect())[0] is let_in


class Echo(WebsocketConsumer):
    """The documentation's, which sends a message back."""

    def receive(self, text_data):
        message = json.loads(text_data)["message"]
        self.send(text_data=json.dumps({"message": message}))
        return "which goes nowhere"


async def test_what_receive_returns_goes_nowhere():
    """The browser gets the two messages, and nothing between them."""
    async with connected(Echo.as_asgi()) as browser:
        for message in ('{"message": "one"}', '{"message": "two"}'):
            await browser.send_to(text_data=message)
            assert await browser.receive_from() == message


async def test_text_and_bytes_come_by_names_of_their_own():
    """Channels passes one of the two, never both."""

    class Names(WebsocketConsumer):
        def receive(self, **passed):
            self.send(text_data=str(passed))

    async with connected(Names.as_asgi()) as browser:
        await browser.send_to(text_data="hi")
        assert await browser.receive_from() == "{'text_data': 'hi'}"
        await browser.send_to(bytes_data=b"hi")
        assert await browser.receive_from() == "{'bytes_data': b'hi'}"


@pytest.mark.parametrize(
    ("frame", "error"),
    [
        ("hi", json.JSONDecodeError),
        ("[]", TypeError),
        ("null", TypeError),
        ("{}", KeyError),
        ("[" * 100_000, RecursionError),
        (b"hi", TypeError),
    ],
)
async def test_a_bad_frame_ends_the_documentations_consumer(frame, error):
    """The error leaves the consumer, whose `disconnect` is not called."""
    left = []
    consumer = type("Consumer", (Echo,), {"disconnect": lambda self, code: left.append(code)})
    browser = socket(consumer.as_asgi())
    await browser.connect()

    name = "bytes_data" if isinstance(frame, bytes) else "text_data"
    await browser.send_to(**{name: frame})

    with pytest.raises(error):
        await browser.wait()
    assert not left


@pytest.mark.parametrize("message", ["null", "5", "{}", "NaN", '""', '" "', r'"\ud800"'])
async def test_the_documentations_consumer_sends_back_what_is_no_message(message):
    """Its page gets a line that nobody wrote, or none."""
    async with connected(Echo.as_asgi()) as browser:
        await browser.send_to(text_data=f'{{"message": {message}}}')

        assert await browser.receive_from() == f'{{"message": {message}}}'


def test_daphne_takes_a_message_of_up_to_one_mebibyte():
    """It is the server's limit, so that nothing larger reaches a consumer."""
    server = Server(application=None, endpoints=["tcp:0"])  # which it never opens

    assert server.websocket_max_message_size == 1024 * 1024


async def test_a_channel_has_a_name_of_its_own():
    """Each is new, and says that the layer is in memory."""
    names = {await InMemoryChannelLayer().new_channel() for _ in range(2)}

    assert len(names) == 2
    assert all(re.fullmatch(r"specific\.\.inmemory!\w{12}", name) for name in names)


async def test_without_a_layer_a_consumer_has_none():
    """What it calls on it is then an error that names NoneType."""
    with pytest.raises(AttributeError, match="'NoneType' object has no attribute 'group_add'"):
        await socket(Member.as_asgi()).connect()


async def test_the_first_member_brings_a_group_into_being(layer):
    """Before it nobody is sent anything, which is no error."""
    await layer.group_send("room", {"type": "chat_message"})
    assert not layer.groups

    await layer.group_add("room", "specific.mona")
    assert list(layer.groups) == ["room"]


async def test_a_plain_call_only_prepares_the_work(layer):
    """Until an await carries it out, nobody is in the group."""
    prepared = layer.group_add("room", "specific.mona")
    assert not layer.groups

    await prepared
    assert "specific.mona" in layer.groups["room"]


async def test_each_member_gets_a_copy_of_its_own(layer):
    """The event that was sent and those that come are not the same dictionary."""
    sent = {"type": "chat_message", "message": ["hello"]}
    for name in ("mona", "omar"):
        await layer.group_add("room", f"specific.{name}")
    await layer.group_send("room", sent)
    got = [await layer.receive(f"specific.{name}") for name in ("mona", "omar")]

    assert got == [sent, sent]
    assert len({id(event["message"]) for event in [sent, *got]}) == 3


@pytest.mark.parametrize("kind", ["chat_message", "chat.message"])
async def test_a_dot_in_the_type_becomes_an_underscore(layer, kind):
    """Both call the same method, and the sender hears its own event."""
    async with connected(Member.as_asgi()) as browser:
        await browser.send_to(text_data=json.dumps({"type": kind, "message": "hello"}))

        assert await browser.receive_from() == "hello"


async def test_an_event_without_a_method_ends_the_consumer(layer):
    """One letter is missing, and every member is thrown out."""
    sender, other = await members(2)
    await sender.send_to(text_data='{"type": "chat_mesage"}')

    for member in (sender, other):
        with pytest.raises(ValueError, match="No handler for message type chat_mesage"):
            await member.wait()


async def test_a_browsers_own_type_can_end_every_consumer(layer):
    """Channels takes the event for the end of each member's connection."""
    sender, other = await members(2)
    await sender.send_to(text_data='{"type": "websocket.disconnect", "code": 1000}')

    for member in (sender, other):
        await member.wait()  # which would be cancelled if the consumer went on
        assert not member.future.cancelled()


async def test_a_consumer_that_failed_is_still_in_the_group(layer):
    """Its `disconnect` was not called, in which it would have left."""
    (member,) = await members(1)
    await member.send_to(text_data="hi")
    with pytest.raises(json.JSONDecodeError):
        await member.wait()

    assert len(layer.groups["room"]) == 1


async def members(number):
    """So many browsers whose consumers are in the group."""
    browsers = [socket(Member.as_asgi()) for _ in range(number)]
    for browser in browsers:
        await browser.connect()
    return browsers


class Member(WebsocketConsumer):
    """A consumer that sends its browser's own dictionary to the group."""

    def connect(self):
        async_to_sync(self.channel_layer.group_add)("room", self.channel_name)
        self.accept()

    def receive(self, text_data):
        async_to_sync(self.channel_layer.group_send)("room", json.loads(text_data))

    def chat_message(self, event):
        self.send(text_data=event["message"])


def socket(application, address="/"):
    """A browser's end of a WebSocket to it."""
    return WebsocketCommunicator(application, address)


@asynccontextmanager
async def connected(application, address="/"):
    """The same, open for the length of a block."""
    browser = socket(application, address)
    assert (await browser.connect())[0]
    yield browser
    await browser.disconnect()


async def test_a_group_has_a_short_name_in_ascii(layer):
    """Fewer than 100 letters, digits, hyphens, underscores and periods."""
    for name in ("chat_" + "x" * 94, "a-b_c.1"):
        await layer.group_add(name, "specific.mona")
    for name in ("chat_" + "x" * 95, "غرفة", "a b", "O'Brien"):
        with pytest.raises(TypeError, match="Group name must be a valid unicode string"):
            await layer.group_add(name, "specific.mona")


async def test_what_a_full_channel_cannot_hold_is_dropped_without_an_error(layer):
    """By `group_send`; a channel holds 100 events unless told otherwise."""
    await layer.group_add("room", "specific.mona")
    for _ in range(101):
        await layer.group_send("room", {"type": "chat_message"})

    assert layer.channels["specific.mona"].qsize() == 100
    with pytest.raises(ChannelFull):
        await layer.send("specific.mona", {"type": "chat_message"})


async def test_an_event_that_waits_too_long_takes_its_channel_out_of_its_groups():
    """In memory the member hears nothing more, for the next event is sent to nobody."""
    assert InMemoryChannelLayer().expiry == 60
    layer = InMemoryChannelLayer(expiry=-1)  # seconds: an event is late at once
    for group in ("room", "other"):
        await layer.group_add(group, "specific.mona")
    await layer.group_send("room", {"type": "chat_message"})
    await layer.group_send("room", {"type": "chat_message"})

    assert not any(layer.groups.values())
    assert not layer.channels
