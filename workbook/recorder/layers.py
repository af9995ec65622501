"""The calls of the channel layers."""

from collections.abc import Iterable
from contextvars import ContextVar
from functools import wraps
from typing import Any

from workbook.recorder.facts import Called
from workbook.recorder.recorder import LONGEST, Recorder, handling, replace, written

CALLS = ("group_add", "group_discard", "group_send", "send")

nested: ContextVar[bool] = ContextVar("nested", default=False)


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
        return layer

    replace(ChannelLayerManager, "_make_backend", making)


def noting(recorder: Recorder, call: str, method: Any) -> Any:
    @wraps(method)
    async def carried_out(self: Any, *arguments: Any, **named: Any) -> Any:
        if nested.get():  # a layer's own call, as some make of `send` for each member
            return await method(self, *arguments, **named)
        token = nested.set(True)
        by, during = recorder.caller(), handling.get()
        group, channel, event = told(call, arguments, named)
        members = recorder.members[id(self), group]
        error, reached = "", len(members)
        try:
            result = await method(self, *arguments, **named)
        except BaseException as raised:
            error = written(raised)
            raise
        else:
            if call == "group_add":
                members.add(channel)
            if call == "group_discard":
                members.discard(channel)
            return result
        finally:
            nested.reset(token)
            event_words = repr(event)[:LONGEST] if event is not None else ""
            recorder.note(
                Called(call, id(self), group, channel, event_words, reached, by, error, during)
            )

    return carried_out


def told(call: str, arguments: Iterable[Any], named: dict[str, Any]) -> tuple[str, str, Any]:
    """A call's group, channel and event, as far as it has them."""
    names = {"send": ["channel", "message"], "group_send": ["group", "message"]}
    given = dict(zip(names.get(call, ["group", "channel"]), arguments, strict=False)) | named
    return str(given.get("group", "")), str(given.get("channel", "")), given.get("message")
