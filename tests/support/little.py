"""Little ASGI applications, one at each path, and what they have seen: the same for every server."""

import asyncio
import json

SEEN = {}  # by path
SCOPES = {}
PLAIN = [(b"Content-Type", b"text/plain")]


async def application(scope, receive, send):
    """Answers by the path's first part; at /seen/… it says what the application there has seen."""
    name, path = scope["path"].removeprefix("/").partition("/")[::2]
    if name == "seen":
        await answer(send, json.dumps([SCOPES.get(f"/{path}"), SEEN[f"/{path}"]]).encode())
        return
    SCOPES[scope["path"]] = {key: shown(value) for key, value in scope.items() if key != "headers"}
    seen = SEEN[scope["path"]] = []

    async def watched():
        event = await receive()
        seen.append({key: shown(value) for key, value in event.items()})
        return event

    async def tried(message):
        try:
            await send(message)
        except Exception:
            seen.append("an error")
            raise

    await APPLICATIONS[scope["type"], name](watched, tried)


def shown(value):
    return f"bytes {value.decode('latin1')}" if isinstance(value, bytes) else value


async def answer(send, body, status=200, headers=PLAIN):
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def plain(receive, send):
    await answer(send, b"hello")
    await receive()
    await receive()


async def posted(receive, send):
    body, more = b"", True
    while more:
        event = await receive()
        body, more = body + event["body"], event["more_body"]
    await answer(send, str(len(body)).encode())


async def in_parts(receive, send):
    await send({"type": "http.response.start", "status": 404})
    await send({"type": "http.response.body", "body": b"a", "more_body": True})
    await send({"type": "http.response.body", "body": b"b", "more_body": True})
    await send({"type": "http.response.body"})
    await send({"type": "http.response.body", "body": b"too late"})


async def cookies(receive, send):
    headers = [(b"Set-Cookie", b"a=1"), (b"Set-Cookie", b"b=2"), (b"Location", b"/x/")]
    await answer(send, b"", 302, headers)


async def fails(receive, send):
    raise LookupError("on purpose")


async def text_headers(receive, send):
    await answer(send, b"never seen", headers=[("Content-Type", "text/plain")])


async def starts_twice(receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": PLAIN})
    try:
        await send({"type": "http.response.start", "status": 404})
    except ValueError:
        await send({"type": "http.response.body", "body": b"once"})


async def body_first(receive, send):
    await send({"type": "http.response.body", "body": b"what for?"})


async def unknown(receive, send):
    await send({"type": "http.response.story"})


async def accepted(receive, send, **options):
    await receive()
    await send({"type": "websocket.accept", **options})


async def ending(receive):
    while (await receive())["type"] != "websocket.disconnect":
        pass


async def echo(receive, send):
    await accepted(receive, send)
    while (event := await receive())["type"] == "websocket.receive":
        message = {key: event[key] for key in ["text", "bytes"] if key in event}
        await send({"type": "websocket.send", **message})


async def speaks_first(receive, send):
    await accepted(receive, send)
    await send({"type": "websocket.send", "text": "welcome"})
    await ending(receive)


async def refuses(receive, send):
    await receive()
    await send({"type": "websocket.close", "code": 4004})
    await ending(receive)


async def speaks_too_early(receive, send):
    await receive()
    await send({"type": "websocket.send", "text": "hello"})


async def chooses(receive, send):
    await accepted(receive, send, subprotocol="chat")
    await ending(receive)


async def chooses_another(receive, send):
    await accepted(receive, send, subprotocol="soap")
    await ending(receive)


async def closes(receive, send):
    await accepted(receive, send)
    await receive()
    await send({"type": "websocket.close"})
    await ending(receive)


async def closes_with_code(receive, send):
    await accepted(receive, send)
    await receive()
    await send({"type": "websocket.close", "code": 4321})
    await ending(receive)


async def closes_with_no_code_of_its_own(receive, send):
    await accepted(receive, send)
    await send({"type": "websocket.close", "code": 1001})


async def speaks_while_it_closes(receive, send):
    await accepted(receive, send)
    await send({"type": "websocket.close"})
    await send({"type": "websocket.send", "text": "too late"})


async def speaks_after_the_end(receive, send):
    await accepted(receive, send)
    await ending(receive)
    await send({"type": "websocket.send", "text": "too late"})


async def accepts_twice(receive, send):
    await accepted(receive, send)
    await send({"type": "websocket.accept"})


async def fails_at_a_message(receive, send):
    await accepted(receive, send)
    await receive()
    raise LookupError("on purpose")


async def both_at_once(receive, send):
    await accepted(receive, send)
    await send({"type": "websocket.send", "text": "a", "bytes": b"b"})


async def nothing(receive, send):
    await accepted(receive, send)
    await send({"type": "websocket.send", "text": ""})
    await send({"type": "websocket.send", "bytes": b""})
    await send({"type": "websocket.send", "text": "that was nothing"})
    await ending(receive)


async def too_much(receive, send):
    await accepted(receive, send)
    await send({"type": "websocket.send", "text": "x" * (1024 * 1024 + 1)})


async def leaves_without_a_word(receive, send):
    await accepted(receive, send)


async def never_answers(receive, send):
    await receive()
    await asyncio.Event().wait()


REQUESTS = [
    plain,
    posted,
    in_parts,
    cookies,
    fails,
    text_headers,
    starts_twice,
    body_first,
    unknown,
]
SOCKETS = [
    echo,
    speaks_first,
    refuses,
    fails,
    speaks_too_early,
    chooses,
    chooses_another,
    closes,
    closes_with_code,
    closes_with_no_code_of_its_own,
    speaks_while_it_closes,
    speaks_after_the_end,
    accepts_twice,
    fails_at_a_message,
    both_at_once,
    nothing,
    too_much,
    leaves_without_a_word,
    never_answers,
]
APPLICATIONS = {("http", each.__name__): each for each in REQUESTS}
APPLICATIONS |= {("websocket", each.__name__): each for each in SOCKETS}
