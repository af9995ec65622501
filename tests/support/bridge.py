"""Serves a project to the tab's windows from this Python instead of a worker's.

Run by `python -m tests.support.bridge PORT` in the project's folder. Each connection is a window.
"""

import asyncio
import base64
import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed

from workbook.tab.server import Server
from workbook.tab.windows import Windows

BYTES = "bytes in base64"


def main():
    sys.path.insert(0, str(Path.cwd()))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")
    from mysite.asgi import application

    asyncio.run(listen(Windows(Server(application)), int(sys.argv[1])))


async def listen(windows, port):
    async def window(client):
        name, records = str(client.id), asyncio.Queue()
        windows.enter(name, records.put_nowait)
        teller = asyncio.ensure_future(tell(client, records))
        with suppress(ConnectionClosed):
            async for frame in client:
                windows.take(name, json.loads(frame, object_hook=unpacked))
        teller.cancel()
        windows.leave(name)

    async with serve(window, "127.0.0.1", port, max_size=None):
        await asyncio.Event().wait()


async def tell(client, records):
    with suppress(ConnectionClosed):
        while True:
            await client.send(json.dumps(await records.get(), default=packed))


def packed(value):
    return {BYTES: base64.b64encode(value).decode()}


def unpacked(value):
    return base64.b64decode(value[BYTES]) if BYTES in value else value


if __name__ == "__main__":
    main()
