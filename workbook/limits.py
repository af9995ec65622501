"""What a server takes from a network: more than a class sends, and less than a machine has.

Run as a script, this file serves the project around it within these limits.
"""

import logging
import os
import runpy
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

DESCRIPTORS = 2**16  # connections and files at once, where the system allows so many
BODY = 2**20  # bytes of a request: a page's forms have a few hundred
UNREAD = 2**22  # bytes on their way to one member: a class's burst has some ten thousand


def take_descriptors() -> None:
    """Lets this process, and what it starts, hold as many connections as the system allows.

    By itself macOS allows 256, which a class with two windows each can fill.
    """
    if os.name == "nt":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY:
        most = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS)
        for wanted in [most, min(most, 10_240)]:  # macOS says "unlimited" and takes no more
            with suppress(OSError, ValueError):
                resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
                return


def impose() -> None:
    """From here on, Daphne in this process refuses what is beyond the limits."""
    import daphne.server  # noqa: F401, has to come before all else of Daphne and Twisted
    from daphne import http_protocol, ws_protocol

    take, send = (
        http_protocol.WebRequest.handleContentChunk,
        ws_protocol.WebSocketProtocol.serverSend,
    )

    def take_body(request: Any, data: bytes) -> None:
        """Ends the connection of whoever sends too much."""
        if request.content.tell() + len(data) > BODY:
            request.transport.abortConnection()
        else:
            take(request, data)

    def send_message(member: Any, content: str, binary: bool = False) -> None:
        """Ends the connection of whoever does not read what they are sent."""
        if unread(member.transport) > UNREAD:
            member.transport.abortConnection()
        else:
            send(member, content, binary)

    http_protocol.WebRequest.handleContentChunk = take_body
    ws_protocol.WebSocketProtocol.serverSend = send_message


def unread(transport: Any) -> int:
    """How many bytes wait in this process; Twisted itself looks at these when it asks for less."""
    return len(transport.dataBuffer) + int(transport._tempDataLen)


def log_to_the_terminal() -> None:
    """With DEBUG off Django says nothing in the terminal; a class's teacher reads there."""
    from django.utils.log import RequireDebugFalse

    terminal = logging.StreamHandler()
    terminal.addFilter(RequireDebugFalse())
    logging.getLogger().addHandler(terminal)


if __name__ == "__main__":
    sys.argv[0] = "manage.py"
    sys.path[0] = str(Path.cwd())  # in place of this file's folder
    impose()
    log_to_the_terminal()
    runpy.run_path("manage.py", run_name="__main__")
