"""The socket of the experiments: a page puts them on the desk and takes them back."""

from typing import Any

from asgiref.sync import sync_to_async

from workbook.exercise import experiments
from workbook.web.practice import events, news, servers
from workbook.web.practice.consumers import Worker, in_thread


class Break(Worker):
    """Tells how the experiments of the page's step stand; behind a word is the name of one."""

    words = ("put", "back")

    async def connect(self) -> None:
        await super().connect()
        await self.start_work(self.follow)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        word, _, self.name = (text_data or "").partition(" ")
        await super().receive(word)

    async def put(self) -> None:
        save = await in_thread(experiments.put_on)(self.step, self.name)
        await self.send_json({"kind": "kept", "name": save.name})
        await self.serve_anew()

    async def back(self) -> None:
        await in_thread(experiments.take_back)(self.step, self.name)
        await self.send_json({"kind": "taken"})
        await self.serve_anew()

    async def serve_anew(self) -> None:
        """Restarts what is served of the desk: of a young server the reloader misses a change."""
        running = servers.of(self.step)
        if running.source == "desk" and running.is_going:
            await sync_to_async(running.restart)()

    async def follow(self) -> None:
        """Tells it now and whenever it is otherwise."""
        told: Any = None
        while self.wanted:
            found = await in_thread(events.experiments)(self.step, self.language)
            if found != told:
                await self.send_json(found)
                told = found
            await news.awaited()
