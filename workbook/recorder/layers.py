"""The calls of the channel layers, and whom they reach."""

import sys
import time
from collections.abc import Iterable
from contextvars import ContextVar
from functools import wraps
from typing import Any

from workbook.recorder.facts import Called
from workbook.recorder.recorder import LONGEST, Recorder, handling, replace, written

CALLS = ("group_add", "group_discard", "group_send", "send")
NAMED = 30  # channels that a call reached, by name
MAPPED = "_map_channel_keys_to_connection"  # where a Redis's layer has the members' names


class Reach:
    """Whom a call reaches: channels and, in a Redis, the queues that several of them share."""

    def __init__(self, is_known: bool) -> None:
        self.is_known = is_known
        self.channels: list[str] = []
        self.queues = self.full = 0

    def overflow(self, queues: int) -> None:
        """Some of the queues were full; where not all were, nobody says whose they are."""
        if queues < self.queues:
            self.is_known, self.full = False, queues
        else:
            self.full, self.channels = len(self.channels), []


calling_layer: ContextVar[Reach | None] = ContextVar("calling_layer", default=None)


def watch_layers(recorder: Recorder) -> None:
    """The calls of each channel layer's class, from when the first of it is made."""
    from channels.layers import ChannelLayerManager

    make = ChannelLayerManager._make_backend
    watched = set()

    @wraps(make)
    def making(self: Any, name: str, config: Any) -> Any:
        layer = make(self, name, config)
        if type(layer) not in watched:
            watched.add(type(layer))
            for call in CALLS:
                if method := getattr(type(layer), call, None):
                    setattr(type(layer), call, noting(recorder, call, method))
            watch_redis(type(layer))
        return layer

    replace(ChannelLayerManager, "_make_backend", making)


def watch_redis(kind: Any) -> None:
    """To whom a layer in a Redis sends, which it tells nobody, and whose queues are full."""
    for owner in kind.__mro__:
        if mapped := vars(owner).get(MAPPED):
            module = sys.modules[owner.__module__]
            replace(owner, MAPPED, mapping(mapped))
            replace(module, "logger", Overhearing(vars(module)["logger"]))


def mapping(method: Any) -> Any:
    @wraps(method)
    def noted(self: Any, channels: Any, message: Any) -> Any:
        found = method(self, channels, message)
        if reach := calling_layer.get():
            reach.channels, reach.queues = list(channels), len(found[1])
        return found

    return noted


class Overhearing:
    """A layer's logger, which hears how many queues were full even where nothing is logged."""

    def __init__(self, logger: Any) -> None:
        self.logger = logger

    def __getattr__(self, name: str) -> Any:
        return getattr(self.logger, name)

    def info(self, words: Any, *about: Any, **named: Any) -> None:
        reach = calling_layer.get()
        if reach and about and isinstance(about[0], int):
            reach.overflow(about[0])
        self.logger.info(words, *about, **named)


def noting(recorder: Recorder, call: str, method: Any) -> Any:
    from channels.exceptions import ChannelFull
    from channels.layers import InMemoryChannelLayer

    @wraps(method)
    async def carried_out(self: Any, *arguments: Any, **named: Any) -> Any:
        if outer := calling_layer.get():  # a layer's own call, such as a `send` for each member
            try:
                result = await method(self, *arguments, **named)
            except ChannelFull:
                outer.full += 1
                raise
            outer.channels.append(arguments[0] if arguments else named["channel"])
            return result
        group, channel, event = told(call, arguments, named)
        reach = Reach(isinstance(self, InMemoryChannelLayer) or hasattr(self, MAPPED))
        token, since = calling_layer.set(reach), time.monotonic()
        is_heard = not call.endswith("send") or recorder.is_heard()
        by, during = recorder.caller() if is_heard else None, handling.get()
        members = recorder.members[id(self), group]
        error, before = "", len(members)
        try:
            result = await method(self, *arguments, **named)
        except BaseException as raised:
            error = written(raised)
            reach.full += isinstance(raised, ChannelFull)
            raise
        else:
            if call == "group_add":
                members.add(channel)
            if call == "group_discard":
                members.discard(channel)
            if call == "send":
                reach.is_known, reach.channels = True, [channel]
            return result
        finally:
            calling_layer.reset(token)
            if is_heard or error or reach.full:
                by = by or recorder.caller()
                words = repr(event)[:LONGEST] if event is not None else ""
                names, all_ = tuple(reach.channels[:NAMED]), len(reach.channels)
                about = call, id(self), group, channel, words, before, by, error, during
                reached = names, all_ if reach.is_known else None, reach.full
                recorder.note(Called(*about, *reached, since))

    return carried_out


def told(call: str, arguments: Iterable[Any], named: dict[str, Any]) -> tuple[str, str, Any]:
    """A call's group, channel and event, as far as it has them."""
    names = {"send": ["channel", "message"], "group_send": ["group", "message"]}
    given = dict(zip(names.get(call, ["group", "channel"]), arguments, strict=False)) | named
    return str(given.get("group", "")), str(given.get("channel", "")), given.get("message")
