"""Each step's pages in a real Chromium, as a class uses them."""

import re
from contextlib import ExitStack
from functools import cache

import pytest
from playwright.sync_api import expect

from tests.support.browsers import NARROW, WIDE, expect_accessible, expect_glimpse
from tests.support.ports import free_port
from tests.support.servers import Server
from workbook.layers import redis_server
from workbook.steps import step

SETUP, ROOM_VIEW, ECHO_CONSUMER, CHANNEL_LAYER, ASYNC = map(step, [1, 2, 3, 4, 5])
CHATS = pytest.mark.parametrize("step", [CHANNEL_LAYER, ASYNC], ids=lambda step: step.slug)
NAMES = [
    "غرفة",
    "a b",
    "a-b",
    "v1.2",
    "O'Brien",
    'say "hi"',
    "a\\",
    "#1?",
    "100%",
    "<b>",
    "x" * 200,
]


@pytest.fixture(scope="module")
def served():
    """A step's server, started when it is first wanted and shared from then on."""
    with ExitStack() as servers:
        yield cache(lambda step: servers.enter_context(Server(step)))


def enter(page, room_name):
    page.fill("#room-name-input", room_name)
    page.click("#room-name-submit")


def say(page, message):
    page.fill("#chat-message-input", message)
    page.click("#chat-message-submit")


def expect_log(page, *messages):
    expect(page.locator("#chat-log")).to_have_value("".join(f"{each}\n" for each in messages))


def expect_status(page, words):
    expect(page.get_by_role("status")).to_have_text(re.compile(words))


def expect_not_sent(page, message):
    """The message is not sent, and the page says so until it tries again to connect."""
    with expect_glimpse(page.get_by_role("status"), "Your message was not sent"):
        say(page, message)


def test_the_room_page_says_that_nobody_answers(window, served):
    """In step 2 the page says so in words, and keeps what could not be sent."""
    server = served(ROOM_VIEW)
    page = window(server.page())
    enter(page, "غرفة")
    expect_status(page, "Nobody answers yet.")
    expect_not_sent(page, "is anybody here?")
    expect(page.locator("#chat-message-input")).to_have_value("is anybody here?")


def test_the_echo_is_seen_by_its_sender_alone(window, served):
    """In step 3 what you send comes back to your window, and to no other."""
    server = served(ECHO_CONSUMER)
    mona, omar = window(server.page("lobby")), window(server.page("lobby"))
    expect_status(mona, "Connected.")
    expect_status(omar, "Connected.")
    say(mona, "hello")
    expect_log(mona, "hello")
    say(omar, "echo")
    expect_log(omar, "echo")


@pytest.mark.pages
@CHATS
def test_a_class_chats(step, window):
    """Two windows chat in an Arabic room, a third elsewhere hears nothing, a restart is survived."""
    with Server(step) as server:
        mona, omar = window(server.page()), window(server.page("غرفة"))
        enter(mona, "غرفة")
        sara = window(server.page("garden"))
        for page in [mona, omar, sara]:
            expect_status(page, "Connected.")
        say(mona, "أهلًا وسهلًا")
        expect_log(mona, "أهلًا وسهلًا")
        expect_log(omar, "أهلًا وسهلًا")
        say(sara, "hello")
        expect_log(sara, "hello")
        omar.fill("#chat-message-input", "half a sent")

    for page in [mona, omar]:
        expect_status(page, "The connection is gone.")
    expect_not_sent(mona, "too early")

    with Server(step, server.port):
        for page in [mona, omar]:
            expect_status(page, "Connected.")
        expect(omar.locator("#chat-message-input")).to_have_value("half a sent")
        mona.click("#chat-message-submit")
        expect_log(mona, "أهلًا وسهلًا", "too early")
        expect_log(omar, "أهلًا وسهلًا", "too early")


@pytest.mark.pages
@pytest.mark.usefixtures("some_redis")
@CHATS
def test_redis_may_come_late_and_come_back(step, window):
    """Without Redis the page says that nobody answers; it needs no reload, and the server no restart."""
    port = free_port()
    with Server(step, REDIS_URL=f"redis://127.0.0.1:{port}") as server:
        mona, omar = window(server.page("غرفة")), window(server.page("غرفة"))
        expect_status(mona, "Nobody answers yet.")
        for said in [["hello"], ["hello", "again"]]:
            with redis_server(port):
                expect_status(mona, "Connected.")
                expect_status(omar, "Connected.")
                say(mona, said[-1])
                expect_log(mona, *said)
                expect_log(omar, *said)
            for page in [mona, omar]:
                expect_status(page, "The connection is gone.")
    assert re.search(rf"ConnectionError: .* connecting to 127\.0\.0\.1:{port}\.", server.output)


def test_every_name_that_the_page_takes_becomes_a_room(window, served):
    """Arabic, spaces, quotes, signs of the address, 200 characters: the room opens and answers."""
    server = served(ASYNC)
    page = window(server.page())
    for name in NAMES:
        page.goto(server.page())
        enter(page, name)
        expect(page.locator("bdi")).to_have_text(name)
        expect_status(page, "Connected.")
        say(page, name)
        expect_log(page, name)


@pytest.mark.parametrize("name", ["", "  ", "a/b", ".", ".."])
def test_a_name_that_cannot_be_a_room_is_refused_on_the_page(name, window, served):
    """The browser itself says what is wrong with the name, and stays where it is."""
    server = served(SETUP)
    page = window(server.page())
    enter(page, name)

    assert page.eval_on_selector("#room-name-input", "field => field.validationMessage")
    assert page.url == server.page()


def test_an_error_of_the_server_is_shown(window, served):
    """What the server refuses is said in words, and the connection lives on."""
    server = served(ECHO_CONSUMER)
    page = window(server.page("lobby"))
    expect_status(page, "Connected.")
    say(page, "   ")
    expect_status(page, "The message is empty.")
    say(page, "hello")
    expect_log(page, "hello")
    expect_status(page, "Connected.")


def test_an_https_page_opens_a_secure_websocket(chromium, served):
    """Behind HTTPS the page asks for wss, on the host that it came from."""
    server = served(ROOM_VIEW)
    context = chromium.new_context()
    page = context.new_page()
    html = context.request.get(server.page("غرفة")).text()
    page.route(
        "https://chat.example/**", lambda route: route.fulfill(body=html, content_type="text/html")
    )
    asked = []
    page.route_web_socket("**", lambda socket: asked.append(socket.url))
    page.goto("https://chat.example/chat/room/")
    expect_status(page, "Connected.")
    context.close()

    assert asked == ["wss://chat.example/ws/chat/%D8%BA%D8%B1%D9%81%D8%A9/"]


def test_the_pages_are_accessible(window, served):
    """axe finds nothing wrong with the index page and a room's, on a wide screen and a narrow one."""
    server = served(ECHO_CONSUMER)
    for address in [server.page(), server.page("غرفة")]:
        expect_accessible(window(address), widths=[WIDE, NARROW])
