"""Serves the folder `pages`, and a few sockets, to a page that tries what it may."""

from pathlib import Path

PAGES = Path(__file__).parent.parent / "pages"
KINDS = {".html": b"text/html; charset=utf-8", ".js": b"text/javascript", ".css": b"text/css"}


async def application(scope, receive, send):
    if scope["type"] == "websocket":
        await talk(scope, receive, send)
        return
    event = await receive()
    name = scope["path"].strip("/")
    file = PAGES / (name if "." in name else f"{name}.html")
    if name == "form":
        await answer(
            send, f"{scope['method']} {scope['query_string'].decode()} {event['body'].decode()}"
        )
    elif file.is_file():
        await answer(send, file.read_text("utf-8"), KINDS[file.suffix])
    else:
        await answer(send, "<h1>Page not found</h1>", KINDS[".html"], 404)


async def answer(send, text, kind=b"text/plain", status=200):
    headers = [(b"content-type", kind)]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})


async def talk(scope, receive, send):
    """Echoes, but for what is refused."""
    await receive()
    if scope["path"] == "/ws/refused/":
        await send({"type": "websocket.close"})
        return
    await send({"type": "websocket.accept", "subprotocol": next(iter(scope["subprotocols"]), None)})
    while (event := await receive())["type"] == "websocket.receive":
        if event.get("text") == "end":
            await send({"type": "websocket.close", "code": 4001})
        else:
            await send({**event, "type": "websocket.send"})
