"""What a window's page may ask of the tab's server, and what it is told."""

import asyncio
import json

import pytest

from workbook.tab.cookies import Cookies
from workbook.tab.server import Server
from workbook.tab.windows import Windows

ORIGIN = "http://127.0.0.1:8000"


async def application(scope, receive, send):
    """Redirects from /old/, sets cookies at /cookies/, else says what it was asked; echoes sockets."""
    if scope["type"] == "websocket":
        await echo(scope, receive, send)
        return
    headers = {
        "/old/": [(b"location", b"/new/?a=1")],
        "/abroad/": [(b"location", b"http://example.org/")],
        "/round/": [(b"location", b"/round/")],
        "/cookies/": [(b"set-cookie", b"seen=1; Path=/"), (b"set-cookie", b"hidden=2; HttpOnly")],
    }.get(scope["path"], [])
    status = 302 if headers and headers[0][0] == b"location" else 200
    asked = {key.decode(): value.decode() for key, value in scope["headers"]}
    body = (await receive())["body"].decode()
    said = [scope["method"], scope["path"], scope["query_string"].decode(), asked, body]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(said).encode()})


async def echo(scope, receive, send):
    await receive()
    headers = {key.decode(): value.decode() for key, value in scope["headers"]}
    await send({"type": "websocket.accept", "subprotocol": "chat"})
    await send({"type": "websocket.send", "text": json.dumps(headers)})
    while (event := await receive())["type"] == "websocket.receive":
        await send({**event, "type": "websocket.send"})
    CODES.append(event["code"])


CODES = []


class Page:
    """A page in a window, before this application."""

    def __init__(self):
        self.records = asyncio.Queue()
        self.windows = Windows(Server(application))
        self.windows.enter("a", self.records.put_nowait)

    def ask(self, **record):
        self.windows.take("a", record)

    async def request(self, path, **about):
        self.ask(do="request", id=7, address=ORIGIN + path, page=f"{ORIGIN}/chat/", **about)
        return await self.records.get()


async def test_a_request_carries_what_a_browser_sends():
    """Host, where the page is, and for a form its origin and the length of what is in it."""
    answer = await Page().request(
        "/a/?b=c", method="POST", body=b"d=e", headers=[["Content-Type", "text/plain"]]
    )
    method, path, query, headers, body = json.loads(answer["body"])

    assert (answer["tell"], answer["id"], answer["status"]) == ("answer", 7, 200)
    assert (method, path, query, body) == ("POST", "/a/", "b=c", "d=e")
    assert headers["host"] == "127.0.0.1:8000"
    assert headers["origin"] == ORIGIN
    assert headers["referer"] == f"{ORIGIN}/chat/"
    assert headers["content-length"] == "3"
    assert headers["content-type"] == "text/plain"


async def test_a_redirect_is_followed():
    """A form's answer that sends elsewhere is asked for by GET, and its address is told."""
    answer = await Page().request("/old/", method="POST", body=b"x")

    assert answer["address"] == f"{ORIGIN}/new/?a=1"
    assert json.loads(answer["body"])[0] == "GET"


@pytest.mark.parametrize(
    ["path", "address"], [("/abroad/", "http://example.org/"), ("/round/", f"{ORIGIN}/round/")]
)
async def test_a_redirect_may_lead_nowhere(path, address):
    """To another site nothing is asked, and going round has an end."""
    answer = await Page().request(path)

    assert (answer["address"], answer["status"]) == (address, 302)


async def test_cookies_are_kept_and_sent():
    """Both cookies come back with the next request; a script sees only the one that is not hidden."""
    page = Page()
    answer = await page.request("/cookies/")
    assert answer["cookies"] == "seen=1"
    assert not any(name == "set-cookie" for name, _ in answer["headers"])
    page.ask(do="cookie", cookie="own=3")
    answer = await page.request("/")

    assert json.loads(answer["body"])[3]["cookie"] == "seen=1; hidden=2; own=3"


async def test_a_socket_is_opened_used_and_left():
    """It carries its origin; each message is taken, and a window that goes ends it with 1001."""
    CODES.clear()
    page = Page()
    page.ask(do="open", socket="1", address="ws://127.0.0.1:8000/ws/", subprotocols=["chat"])
    assert await page.records.get() == {"tell": "open", "socket": "1", "about": "chat"}
    headers = json.loads((await page.records.get())["about"])
    assert headers["origin"] == ORIGIN
    assert headers["sec-websocket-protocol"] == "chat"
    page.ask(do="send", socket="1", data=b"\x00", size=1)
    assert await page.records.get() == {"tell": "taken", "socket": "1", "size": 1}
    assert await page.records.get() == {"tell": "message", "socket": "1", "about": b"\x00"}
    page.windows.leave("a")
    await page.records.get()
    await asyncio.gather(*page.windows.server.tasks)

    assert CODES == [1001]


def test_a_cookie_ends_when_it_is_said_to():
    """Max-Age and Expires in the past take it away, and a path keeps it to its pages."""
    cookies = Cookies()
    for each in [
        "a=1",
        "b=2; Max-Age=60",
        "c=3; Path=/chat",
        "d=4; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
    ]:
        cookies.take(each)
    assert cookies.header("/chat/lobby/") == "c=3; a=1; b=2"
    cookies.take("b=2; Max-Age=0")

    assert cookies.header("/chats/") == "a=1"
