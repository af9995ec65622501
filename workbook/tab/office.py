"""The walkthrough's own sockets in a tab: what a page says to them, and what they answer."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote

import django
from channels.routing import URLRouter
from django.conf import settings
from django.urls import set_script_prefix

import workbook.web.settings
from workbook.exercise import desk
from workbook.tab import loop, news
from workbook.tab.keeping import Keeping
from workbook.web.practice import servers

Hear = Callable[[str, str | None], object]
KINDS = {"accept": "open", "send": "message", "close": "close"}  # as a page's WebSocket calls them


class Office:
    """Answers the pages of one tab."""

    def __init__(self, base: str) -> None:
        settings.configure(
            **{name: value for name, value in vars(workbook.web.settings).items() if name.isupper()}
        )
        django.setup()
        set_script_prefix(unquote(base))  # it is quoted again with each address
        from workbook.web.practice.routing import websocket_urlpatterns

        self.application = URLRouter(websocket_urlpatterns)
        self.loop = loop.Loop()
        self.keeping = Keeping()

    def open(self, path: str, hear: Hear) -> "Line":
        """A page's socket; `hear` is told "open", "message" with its text, and "close"."""
        with loop.running(self.loop):
            return Line(self.application, path, hear)

    def changes(self) -> list[tuple[str, bytes | None]]:
        """What the browser's storage does not have yet; what is served of it begins anew."""
        changes = self.keeping.changes()
        self.saved(path for path, _ in changes)
        return changes

    def meet(self, news: Any, unkept: Iterable[str]) -> str:
        """Takes over what another page has kept.

        A desk that was changed here meanwhile, or is not kept yet, is saved first: its save's name.
        """
        name = desk.kept(lambda _: None).name if self.keeping.is_changed(unkept) else ""
        self.keeping.bring(news)
        self.saved(path for path, _ in news)
        return name

    def saved(self, paths: Iterable[str]) -> None:
        found = list(paths)
        with loop.running(self.loop):
            for each in servers.everything():
                each.saved(found)

    def wake(self) -> None:
        """Something was said: for a while files may still change."""
        news.wake()

    def is_awake(self) -> bool:
        return news.is_awake()

    def turn(self) -> float | None:
        """Does what is ready; the seconds until there is more, unless it comes from outside."""
        return self.loop.turn()


class Line:
    """One socket, from its connection on."""

    def __init__(self, application: Any, path: str, hear: Hear) -> None:
        self.hear = hear
        self.said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        scope = {"type": "websocket", "path": path, "query_string": b"", "headers": []}
        self.serving = asyncio.ensure_future(application(scope, self.said.get, self.tell))
        self.say("connect")

    async def tell(self, event: dict[str, Any]) -> None:
        self.hear(KINDS[event["type"].removeprefix("websocket.")], event.get("text"))

    def receive(self, text: str) -> None:
        self.say("receive", text=text)

    def close(self) -> None:
        self.say("disconnect", code=1001)

    def say(self, kind: str, **about: Any) -> None:
        self.said.put_nowait({"type": f"websocket.{kind}", **about})
