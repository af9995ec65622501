"""The chat's windows in a tab, in a real Chromium: the page is the learner's, the server is no server."""

import threading
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests import test_browser as browser
from tests.support.servers import running
from workbook.steps import ROOT, step

pytestmark = pytest.mark.pages

STATIC = ROOT / "workbook" / "web" / "static"
HERE = Path(__file__).parent / "support" / "tab"
PAGES = HERE / "pages"
CHAT = "http://127.0.0.1:8000"
POLICY = "frame-src 'self'; worker-src 'self'; object-src 'none'"
CHATS = pytest.mark.parametrize("chat", [step(4), step(5)], ids=lambda chat: chat.slug)
SHARED = [  # the tests of a step's pages that need no more than a server and windows
    browser.test_the_room_page_says_that_nobody_answers,
    browser.test_the_echo_is_seen_by_its_sender_alone,
    browser.test_every_name_that_the_page_takes_becomes_a_room,
    browser.test_an_error_of_the_server_is_shown,
]

ASKED = []  # what the server of files was asked for

REWRITTEN = {  # a script, and what a window's page runs of it; "" is the same
    "location.pathname = '/x/'": "chatPage.location.pathname = '/x/'",
    "location = '/x/'": "chatPage.location = '/x/'",
    "window.location.href": "chatPage.location.href",
    "document['location'].href": "chatPage.location.href",
    "window.top.location.reload()": "chatPage.location.reload()",
    "history.back(); self.history.go(-1)": "chatPage.history.back(); chatPage.history.go(-1)",
    "f({ location, a: 1 })": "f({ location: chatPage.location, a: 1 })",
    "const { host, port = location.port } = location": (
        "const { host, port = chatPage.location.port } = chatPage.location"
    ),
    "`ws://${location.host}/`": "`ws://${chatPage.location.host}/`",
    "() => location": "() => chatPage.location",
    "class A { at = location; location() {} }": "class A { at = chatPage.location; location() {} }",
    "f(location);\n// location\ng(location)": "f(chatPage.location);\n// location\ng(chatPage.location)",
    "{ let location = 1; f(location) } g(location)": (
        "{ let location = 1; f(location) } g(chatPage.location)"
    ),
    "for (const location of all) f(location)": "",
    "try { } catch (location) { f(location) }": "",
    "function f() { if (a) { var location = 1 } return location }": "",
    "function f({ a: [location] }) { return location }": "",
    "const history = []; history.push(1)": "",
    "function f(window) { return window.location }": "",
    "location: for (;;) break location": "",
    "a.location; a?.history; ({ location: 1 })": "",
    "'location'": "",
    "location.host = (": "",
}


class Files(SimpleHTTPRequestHandler):
    """The site's files, as any server of files has them."""

    def translate_path(self, path):
        ASKED.append(path)
        path = path.partition("?")[0].lstrip("/")
        if path.startswith("static/"):
            return str(STATIC / path.removeprefix("static/"))
        return str(HERE / (path or "index.html"))

    def end_headers(self):
        if self.path == "/":
            self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *about):
        pass


@pytest.fixture(scope="module")
def site():
    with ThreadingHTTPServer(("127.0.0.1", 0), Files) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@contextmanager
def bridged(project):
    """Serves the project to windows; gives the address of the bridge."""
    with running("-m", "tests.support.bridge", project=project, PYTHONPATH=str(ROOT)) as server:
        yield f"ws://127.0.0.1:{server.port}"


@pytest.fixture
def tab(site, window):
    return window(site)


@pytest.fixture(scope="module")
def little():
    """The bridge to a project of pages that try what a learner's page may try."""
    with bridged(PAGES) as bridge:
        yield bridge


@pytest.fixture
def page(tab, little):
    """Opens a page of that project; its frame."""
    serve(tab, little)
    return lambda name: open_at(tab, f"/{name}")


def serve(tab, bridge):
    tab.evaluate("bridge => serve(bridge)", bridge)


def open_at(tab, path):
    """One more window; its frame."""
    number = tab.evaluate("path => (go(path), document.querySelectorAll('section').length)", path)
    return tab.frame_locator(f"section:nth-of-type({number}) iframe:not([hidden])").frame_locator(
        "iframe"
    )


class TabServer:
    """A step served to a tab's windows until the block ends, in the place of Daphne."""

    def __init__(self, tab, step, port=8000):
        self.tab, self.step, self.port = tab, step, port

    def __enter__(self):
        self.bridge = bridged(self.step.path)
        serve(self.tab, self.bridge.__enter__())
        return self

    def __exit__(self, *error):
        self.tab.evaluate("stop()")
        self.bridge.__exit__(*error)

    def page(self, room_name=None):
        return CHAT + ("/chat/" if room_name is None else f"/chat/{quote(room_name, safe='')}/")


class TabWindow:
    """One of a tab's windows, with what the tests of a step's pages ask of a browser's."""

    def __init__(self, tab, address):
        self.tab = tab
        self.frame = open_at(tab, address)
        self.section = tab.locator("section").last
        self.field = self.section.get_by_label("Address")
        self.locator, self.get_by_role = self.frame.locator, self.frame.get_by_role

    @property
    def url(self):
        return self.field.input_value()

    def goto(self, address):
        page = self.section.locator("iframe:not([hidden])").element_handle()
        self.field.fill(address)
        self.field.press("Enter")
        self.tab.wait_for_function("page => !page.isConnected", arg=page)

    def fill(self, selector, text):
        self.locator(selector).fill(text)

    def click(self, selector):
        self.locator(selector).click()

    def eval_on_selector(self, selector, function):
        return self.locator(selector).evaluate(function)


@pytest.fixture
def windows(tab):
    """Opens a window of the tab at an address."""
    return lambda address: TabWindow(tab, address)


@pytest.fixture
def hosted(tab):
    """Serves a step to the tab; a test wants one."""
    with ExitStack() as servers:
        yield cache(lambda step: servers.enter_context(TabServer(tab, step)))


@pytest.mark.parametrize("test", SHARED, ids=lambda test: test.__name__.removeprefix("test_"))
def test_a_step_is_seen_as_against_daphne(test, windows, hosted):
    """The same test of the step's pages, with the tab in the place of the server."""
    test(windows, hosted)


@pytest.mark.parametrize("name", ["", "a/b", ".."])
def test_a_name_that_cannot_be_a_room_is_refused_there_too(name, windows, hosted):
    """The page itself says what is wrong with the name, and stays where it is."""
    browser.test_a_name_that_cannot_be_a_room_is_refused_on_the_page(name, windows, hosted)


@CHATS
def test_a_class_chats_as_against_daphne(chat, tab, windows, monkeypatch):
    """From the index page into an Arabic room, a third window elsewhere, and a restart survived."""
    monkeypatch.setattr(browser, "Server", partial(TabServer, tab))
    browser.test_a_class_chats(chat, windows)


def expect_told(page, *lines):
    """What the page has written into its log."""
    expect(page.locator("#told")).to_have_text("\n".join(lines))


def test_a_page_reaches_neither_the_workbook_nor_anything_else(page, tab, site):
    """The page around it, its storage, the network and the window itself are closed to it."""
    port = site.rpartition(":")[2].strip("/")
    opened = page(f"prison?{port}")
    expect_told(opened, *["SecurityError"] * 3, *["closed"] * 4, "done")
    with tab.expect_console_message(lambda message: "frame-src" in message.text):
        opened.get_by_text("go away").click()

    assert "/secret" not in ASKED


def test_a_socket_has_all_that_a_real_one_has(page):
    """Its constants, its arguments' errors, a subprotocol, text, bytes both ways, and its end."""
    expect_told(
        page("socket"),
        "0 1 2 3",
        "SyntaxError SyntaxError SyntaxError TypeError",
        "InvalidStateError",
        "ws://127.0.0.1:8000/ws/echo/ 0 [object WebSocket] true",
        "open chat 1",
        "InvalidAccessError SyntaxError",
        "3 bytes wait",
        "text أهلًا",
        "ArrayBuffer 1,2,3",
        "Blob 3",
        "0 bytes wait",
        "close 1000 true 3",
        "CloseEvent",
    )


def test_what_is_refused_breaks(page):
    """A socket that is refused, or that leads elsewhere, has an error and then 1006."""
    expect_told(page("refused"), "error", "close 1006 false", "error", "close 1006 false")


def test_a_page_knows_the_address_of_its_window(page):
    """Every way to write `location` gives the learner's server; other names and texts are left."""
    expect_told(
        page("place?a=b"),
        "http://127.0.0.1:8000/place?a=b",
        "127.0.0.1:8000 http: /place ?a=b",
        "http://127.0.0.1:8000",
        "true true true true true",
        "a location of its own",
        "in a parameter",
        "of an object",
        "window.location in a text",
        "http://127.0.0.1:8000/place?a=b in a handler",
        "http://127.0.0.1:8000/place?a=b in a file",
    )


def test_links_forms_back_and_again_go_through_the_window(page, tab):
    """Each comes to the learner's server, and the window shows and keeps the addresses."""
    opened = page("links")
    for press, told in [
        (lambda: opened.get_by_text("link").click(), "GET a=1 "),
        (lambda: opened.get_by_text("by get").click(), "GET field=a+b "),
        (lambda: opened.get_by_text("by post").click(), "POST  field=a+b"),
        (lambda: opened.get_by_text("by script").click(), "GET s=%C3%A9 "),
    ]:
        press()
        expect(opened.locator("pre")).to_have_text(told)
        tab.get_by_role("button", name="Back").click()
        expect(address(tab)).to_have_value(f"{CHAT}/links")
    opened.locator("input").fill("gone after a reload")
    tab.get_by_role("button", name="Again").click()
    expect(opened.locator("input")).to_have_value("a b")


def test_a_page_asks_its_server_for_more(page, tab):
    """By fetch and by a style sheet; it has cookies, a history, and places within itself."""
    opened = page("asks")
    expect_told(
        opened,
        f"200 true {CHAT}/form?a=1 POST a=1 b=2",
        "404 text/html; charset=utf-8",
        "own=2",
        "/pushed 1",
        "rgb(1, 2, 3)",
        "#below true",
    )
    expect(address(tab)).to_have_value(f"{CHAT}/pushed?b#below")


def test_an_address_can_be_typed(page, tab):
    """The window goes there, shows what is not found, and does not go to another server."""
    opened = page("links")
    expect(opened.locator("a")).to_have_count(2)
    for typed, shown in [("/form?x", "GET x "), ("/غرفة/", "Page not found")]:
        address(tab).fill(typed)
        address(tab).press("Enter")
        expect(opened.locator("pre, h1")).to_have_text(shown)
        expect(address(tab)).to_have_value(f"{CHAT}{typed}")
    for typed in ["http://example.org/", "http://", "javascript:alert(1)"]:
        address(tab).fill("/form")
        address(tab).press("Enter")
        expect(tab.get_by_role("status")).to_have_text("")
        address(tab).fill(typed)
        address(tab).press("Enter")
        expect(tab.get_by_role("status")).to_have_text("Elsewhere.")


def test_a_link_to_elsewhere_or_to_a_window_of_its_own(page, tab):
    """Another site's is refused with a sentence; a new window is one of the workbench's."""
    opened = page("links?elsewhere")
    opened.get_by_text("elsewhere").click()
    expect(tab.get_by_role("status")).to_have_text("Elsewhere.")
    opened.get_by_text("new window").click()
    expect(tab.locator("section")).to_have_count(2)


def test_what_does_not_parse_is_the_browsers_to_say(page, tab):
    """The script with the mistake does not run, the browser tells its error, the next one runs."""
    with tab.expect_event("pageerror") as error:
        opened = page("broken")
    expect_told(opened, "the next script runs")

    assert error.value.name == "SyntaxError"


def test_only_the_global_location_and_history_are_replaced(tab):
    """Not a name of the script's own, nor a property, a label or a text; a mistake stays as it is."""
    tab.evaluate("globalThis.parts = {}")
    for script in ["vendor/acorn.js", "js/tab/rewriting.js"]:
        tab.add_script_tag(path=STATIC / "web" / script)
    codes = list(REWRITTEN)
    rewritten = tab.evaluate("codes => codes.map((code) => parts.rewritten(code))", codes)

    assert dict(zip(codes, rewritten, strict=True)) == {
        code: wanted or code for code, wanted in REWRITTEN.items()
    }


def test_a_page_that_is_not_found_is_djangos(tab):
    """Its own page about it is shown as it is, with its colours."""
    with bridged(step(5).path) as bridge:
        serve(tab, bridge)
        opened = open_at(tab, "/nowhere/")
        expect(opened.locator("h1")).to_contain_text("Page not found")
        expect(opened.locator("#summary")).to_have_css("background-color", "rgb(255, 255, 204)")


def test_a_window_without_a_server_waits_for_it(tab, little):
    """It says that nobody answers, and shows its page when there is somebody."""
    opened = open_at(tab, "/links")
    expect(tab.get_by_role("status")).to_have_text("Nobody answers.")
    serve(tab, little)
    expect(opened.locator("a")).to_have_count(2)
    expect(tab.get_by_role("status")).to_have_text("")


def test_a_restart_ends_sockets_with_1006(page, tab, little):
    """The page sees the break, and a new socket of the same page reaches the next server."""
    opened = page("again")
    expect_told(opened, "open")
    tab.evaluate("stop()")
    expect_told(opened, "open", "close 1006 false")
    serve(tab, little)
    expect_told(opened, "open", "close 1006 false", "open")


def address(tab):
    return tab.get_by_label("Address")
