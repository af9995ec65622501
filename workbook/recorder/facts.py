"""What the recorder writes down, as plain values; they travel between processes."""

from dataclasses import dataclass
from typing import NamedTuple

from workbook.languages import Bilingual


class Place(NamedTuple):
    """A line of the project; `path` is its file's way from the project's folder."""

    path: str
    line: int

    @property
    def says(self) -> Bilingual:
        return Bilingual(
            f"`work/{self.path}`, line {self.line}", f"الملف `work/{self.path}`، السطر {self.line}"
        )


@dataclass(frozen=True)
class Caller:
    """The project's own line that made a call, and the function it stands in, as `Chat.receive`."""

    function: str
    place: Place


@dataclass(frozen=True)
class Served:
    """A consumer took a connection; `bases` are the classes it inherits from, the nearest first.

    `connection` is named by what it was told, `methods` are the project's own that it has, and
    `file` is the beginning of the file in which its class stands.
    """

    consumer: str
    bases: tuple[str, ...]
    sync: bool
    place: Place | None
    path: str
    connection: int = 0
    methods: tuple[Caller, ...] = ()
    file: Place | None = None


@dataclass(frozen=True)
class Handled:
    """A consumer got an event; `method` is None where it has none for that type.

    `place` is where the method is defined, if that is in the project; `number` is named by what
    happened meanwhile. `text` came with it from the browser. `error` is what came out of the
    method, "" if nothing did, and `raised` the project's line from which it came. `hides` is the
    method of the same name that a class further up has. `layer` is the one it listens on.
    """

    number: int
    consumer: str
    type: str
    text: str | None
    method: str | None
    place: Place | None
    error: str
    connection: int = 0
    layer: int = 0
    raised: Caller | None = None
    hides: Caller | None = None


@dataclass(frozen=True)
class Sent:
    """A consumer sent something to its browser; `during` is a Handled's number, or 0.

    `text` is None where it is no text, `is_bytes` whether it is bytes.
    """

    type: str
    text: str | None
    by: Caller | None
    during: int
    is_bytes: bool = False


@dataclass(frozen=True)
class Called:
    """A call of the channel layer that was carried out: `call` is its name, such as `group_send`.

    `layer` tells one layer from another, `members` is how many channels the group had then, and
    `error` is what the call raised, or "". `reached` are the channels that got what was sent, the
    first few by name, `reach` is how many, None where the layer does not say, and `full` is how
    many were full. `since` is the moment at which the call began.
    """

    call: str
    layer: int
    group: str
    channel: str
    event: str
    members: int
    by: Caller | None
    error: str
    during: int
    reached: tuple[str, ...] = ()
    reach: int | None = None
    full: int = 0
    since: float = 0


@dataclass(frozen=True)
class Forgotten:
    """A coroutine that was made and never awaited; `by` made it, `place` is what it would run."""

    coroutine: str
    by: Caller | None
    place: Place | None = None


@dataclass(frozen=True)
class Swallowed:
    """An exception that the project itself caught, at the line where it was raised or called."""

    error: str
    by: Caller
    during: int


@dataclass(frozen=True)
class Lost:
    """A task ended with an exception that nobody looked at; `by` is where it came from."""

    error: str
    by: Caller


class Route(NamedTuple):
    """A route as it is written, behind what includes it; `place` is the line that makes it.

    `expression` says that it is read as a regular expression, `target` is what it leads to: a
    view or a consumer, with its module.
    """

    pattern: str
    expression: bool
    target: str
    place: Place | None


@dataclass(frozen=True)
class Routed:
    """A route led to the page of an address."""

    path: str
    route: Route


@dataclass(frozen=True)
class Unrouted:
    """No route leads to an address; `scheme` is "page" or "socket", `routes` are all routes.

    `near` are those which lead to an address that is like it, and in which way it is.
    """

    scheme: str
    path: str
    routes: tuple[Route, ...]
    near: tuple[tuple[str, Route], ...]


@dataclass(frozen=True)
class Queued:
    """Something was put into a queue, or taken out of it."""

    queue: int
    taken: bool
    by: Caller | None
    during: int


@dataclass(frozen=True)
class Refused:
    """A connection was refused before any consumer: by which guard, for which Origin.

    `allowed` is what the guard lets in, and `setting` where the project says so, or "".
    """

    guard: str
    origin: str | None = None
    allowed: tuple[str, ...] = ()
    setting: str = ""


@dataclass(frozen=True)
class Blocked:
    """A call that stopped the event loop, and for how many seconds."""

    call: str
    by: Caller | None
    seconds: float


@dataclass(frozen=True)
class Stuck:
    """The line of the project at which a thread stood still."""

    by: Caller


@dataclass(frozen=True)
class Hidden:
    """A file of the project's was imported in place of the module whose name it has."""

    module: str
    path: str


Fact = (
    Hidden | Lost | Served | Handled | Sent | Called | Forgotten | Swallowed | Queued | Routed
    | Unrouted | Refused | Blocked | Stuck
)  # fmt: skip
