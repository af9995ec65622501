"""What travels between browsers and a project, as plain values: the facts of a server.

They are made while a server waits, and tuples are made quickly.
"""

from typing import NamedTuple

from workbook.recorder.facts import Caller, Place


class Asked(NamedTuple):
    """A browser asks for a page; `upgrade` is what else it would speak, such as `websocket`."""

    method: str
    path: str
    upgrade: str = ""


class Answered(NamedTuple):
    """A page was sent, in so many seconds; `size` is that of what the answer holds, in bytes."""

    method: str
    path: str
    status: int
    size: int
    seconds: float


class Knocked(NamedTuple):
    """A browser asks for a WebSocket; `origin` is None where it names none."""

    path: str
    origin: str | None


class Opened(NamedTuple):
    """The handshake is done: from here on frames travel; `protocol` is what was agreed on."""

    protocol: str | None


class Denied(NamedTuple):
    """The handshake was answered with this status."""

    status: int


class Frame(NamedTuple):
    """A frame of a browser's or, if not `came`, of the project's; bytes have no `text`.

    `size` is that of the whole, in bytes; of the text the beginning is kept.
    """

    came: bool
    text: str | None
    size: int


class Closed(NamedTuple):
    """A WebSocket ends; `by_server` says who began, `opened` whether it ever was open."""

    code: int
    by_server: bool
    opened: bool = True


class Taken(NamedTuple):
    """A consumer got an event, and this method takes it; None where it has none for that type.

    `channel` is the name of the consumer's own, `event` what came, but for what frames tell.
    """

    consumer: str
    type: str
    method: str | None
    place: Place | None
    channel: str
    event: str


class Crowded(NamedTuple):
    """So many frames, calls and events were not told one by one: they were too many."""

    number: int


class Raised(NamedTuple):
    """An exception came out of the project, whose line `by` is; what it served has ended."""

    error: str
    by: Caller | None
