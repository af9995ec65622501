"""What a class does with a project: visits its pages in a browser, and talks through Daphne."""

import os
from contextlib import contextmanager
from time import monotonic
from urllib.parse import quote, unquote
from uuid import uuid4

from websockets.sync.client import connect

from tests.support.browsers import chromium
from tests.support.servers import daphne, hear, runserver, say
from workbook.server import LOOPBACK, migrate, settled

PATIENCE = 10  # seconds
ROOMS = ["lobby", 'it\'s "us"']
ENTERING = "who is here?"
SAID = ["hello", "أهلًا وسهلًا", "a < b & <b>c</b>"]
OMAR, SARA = "omar is here", "sara is here"
COUNTS_OPENED = """
    window.opened = 0;
    window.WebSocket = class extends WebSocket {
        constructor(...given) {
            super(...given);
            this.addEventListener("open", () => window.opened++);
        }
    };
"""
LINES = "log => log.value ?? log.innerText"


def visit(step, project):
    """Does all that the step promises; an error says what of it does not work."""
    environment = settled(dict(os.environ), LOOPBACK)
    migrate(project, environment)
    with runserver(project, **environment) as server, chromium() as browser:
        find_the_room(browser, f"http://{LOOPBACK}:{server.port}")
        if step.number == 2:
            for name in ROOMS:
                try_the_room(browser, f"{LOOPBACK}:{server.port}", name)
        if step.number >= 3:
            chat(browser, f"http://{LOOPBACK}:{server.port}", together=step.number >= 4)
    if step.number >= 3:
        with daphne(project, **environment) as server:
            talk(server.port, together=step.number >= 4)


def find_the_room(browser, site):
    """The index page, which Daphne serves, leads to the room."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    answer = page.goto(f"{site}/chat/")
    assert answer.status == 200, f"/chat/ answers {answer.status}"
    assert answer.headers.get("server") == "daphne", "it is not Daphne that serves"
    page.fill("#room-name-input", "lobby")
    page.click("#room-name-submit")
    page.wait_for_url(f"{site}/chat/lobby/")
    page.close()


def try_the_room(browser, host, name):
    """The room's page opens the right address, sends what is typed, and shows what it gets."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    asked, sent = [], []

    def echo(socket):
        asked.append(unquote(socket.url))
        socket.on_message(lambda frame: (sent.append(frame), socket.send(frame)))

    page.route_web_socket("**", echo)
    answer = page.goto(f"http://{host}/chat/{quote(name)}/")
    assert answer.status == 200, f"the page of the room answers {answer.status}"
    until(page, lambda: asked, "the page opens no WebSocket")
    assert asked == [f"ws://{host}/ws/chat/{name}/"], f"the page opens {asked}"
    for text in SAID:
        write(page, text)
    until(page, lambda: len(sent) == len(SAID), f"the page sends {sent}")
    expect_lines(page, SAID)
    page.close()


def chat(browser, site, together):
    """Two windows in the room and one elsewhere; who hears what is said depends on the step."""
    pages = [enter_page(browser, f"{site}/chat/{room}/") for room in ["lobby", "lobby", "garden"]]
    mona, omar, sara = pages
    for text in SAID:
        write(mona, text)
    expect_lines(mona, SAID)
    write(omar, OMAR)
    write(sara, SARA)
    expect_lines(omar, [*SAID, OMAR] if together else [OMAR])
    expect_lines(sara, [SARA])
    for page in pages:
        page.close()


def enter_page(browser, address):
    page = browser.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.add_init_script(COUNTS_OPENED)
    answer = page.goto(address)
    assert answer.status == 200, f"the page of the room answers {answer.status}"
    until(page, lambda: page.evaluate("window.opened"), "the page's WebSocket is not accepted")
    return page


def write(page, text):
    page.fill("#chat-message-input", text)
    page.click("#chat-message-submit")


def expect_lines(page, texts):
    """The log shows the texts in their order, each once, and no others that were said."""
    log = page.locator("#chat-log")
    until(page, lambda: texts[-1] in log.evaluate(LINES), lambda: f"shown: {log.evaluate(LINES)!r}")
    shown = log.evaluate(LINES)
    for text in [*SAID, OMAR, SARA]:
        assert shown.count(text) == texts.count(text), f"shown: {shown!r}"
    assert sorted(texts, key=shown.index) == texts, f"shown: {shown!r}"
    assert log.is_visible(), "#chat-log is hidden"


def until(page, happens, trouble):
    """Lets the page run until it happens."""
    deadline = monotonic() + PATIENCE
    while not happens():
        assert monotonic() < deadline, trouble() if callable(trouble) else trouble
        page.evaluate("() => new Promise(done => setTimeout(done, 20))")


def talk(port, together):
    """The same through Daphne alone, frame by frame: nobody hears anything twice or from elsewhere."""
    with enter(port, "lobby") as mona, enter(port, "garden") as sara:
        with enter(port, "lobby") as omar:
            for text in SAID:
                say(mona, text)
                for client in [mona, omar] if together else [mona]:
                    expect_message(client, text)
            expect_nothing_before(omar, OMAR)
            if together:
                expect_message(mona, OMAR)
        expect_nothing_before(mona, "is anybody here?")
        expect_nothing_before(sara, SARA)


@contextmanager
def enter(port, room):
    """A WebSocket to the room, behind whatever is sent to those who enter."""
    address, origin = f"ws://{LOOPBACK}:{port}/ws/chat/{room}/", f"http://{LOOPBACK}:{port}"
    with connect(address, origin=origin, proxy=None, close_timeout=1) as client:
        word = f"{ENTERING} {uuid4()}"
        say(client, word)
        while hear(client).get("message") != word:
            pass
        yield client


def expect_nothing_before(client, text):
    say(client, text)
    expect_message(client, text)


def expect_message(client, text):
    heard = message(client)
    assert heard == text, f"{text!r} was awaited and {heard!r} came"


def message(client):
    """What the next frame says; what has no message, or is said on entering, is passed over."""
    while (heard := hear(client).get("message", ENTERING)).startswith(ENTERING):
        pass
    return heard
