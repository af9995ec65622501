"""The sockets of the pages that start something: a page sends one word, and is told records."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from asgiref.sync import sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from workbook import exercise
from workbook.errors import WorkbookError
from workbook.exercise import checks, desk, hints, processes
from workbook.exercise.edits import GLANCE, Stamp, settled, stamp_of, unchanged
from workbook.exercise.saves import Save
from workbook.exercise.sheet import Sheet, attempted
from workbook.steps import Step
from workbook.web.practice import events, news, servers
from workbook.web.practice.served import OPTIONS, require_on_desk

END: Any = object()  # of an iterator
THREADS = ThreadPoolExecutor()
in_thread = sync_to_async(thread_sensitive=False, executor=THREADS)
# What is called without it waits in one line, for one thread: nobody's work meets another's there.


class Worker(AsyncJsonWebsocketConsumer):
    """What a page may ask for is a word of `words`; meanwhile, one piece of work goes on."""

    words: tuple[str, ...] = ()

    async def connect(self) -> None:
        about = self.scope["url_route"]["kwargs"]
        self.language: str = about["language"]
        self.step: Step = about["step"]
        self.wanted = False
        self.work: asyncio.Task[None] | None = None
        await self.accept()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if text_data not in self.words:
            await self.close(code=4400)
            return
        try:
            await getattr(self, text_data)()
        except WorkbookError as error:
            await self.send_json(events.trouble(error, self.language))

    async def start_work(self, work: Callable[[], Any]) -> None:
        """Goes on with this work, in place of what went on."""
        await self.stop_work()
        self.wanted = True
        self.work = asyncio.create_task(work())

    async def stop_work(self) -> None:
        """Ends what goes on."""
        self.wanted = False
        if self.work:
            await self.work

    async def disconnect(self, code: int) -> None:
        await self.stop_work()


def is_known(step: Step, stamp: Stamp) -> bool:
    """Whether this very state of the desk was checked last."""
    finished = FINISHED.get(step)
    return bool(finished and finished.stamp == stamp and finished.desk == desk.identity(desk.DESK))


def unknown(step: Step, stamp: Stamp) -> bool:
    return False


@dataclass(frozen=True)
class Finished:
    """What the last check of a step came to, and which state of which desk it was."""

    sheet: Sheet
    desk: desk.Identity
    stamp: Stamp


FINISHED: dict[Step, Finished] = {}


class Check(Worker):
    """Checks the desk, once or on every save, while the page's step lies there."""

    words = ("start", "check", "watch", "resume", "stop", "hint")

    async def connect(self) -> None:
        self.sheet: Sheet | None = None
        self.watching = False
        await super().connect()
        await self.tell_desk()
        await self.tell_finished()
        self.following = asyncio.create_task(self.follow())

    async def disconnect(self, code: int) -> None:
        self.following.cancel()
        await super().disconnect(code)

    async def start(self) -> None:
        """Puts the step on the desk; what lay there is saved, and who watches goes on."""
        watching = self.watching
        await self.stop_work()
        try:
            await self.tell_desk(await sync_to_async(exercise.begin)(self.step))
        finally:
            if watching:
                await self.watch()

    async def check(self) -> None:
        self.watching = False
        await self.start_work(self.run)

    async def watch(self) -> None:
        self.watching = True
        await self.start_work(self.run_on_every_save)

    async def resume(self) -> None:
        """Watches on: what was checked and is as it was then is not checked again."""
        self.watching = True
        await self.start_work(partial(self.run_on_every_save, is_known))

    async def stop(self) -> None:
        self.watching = False
        await self.stop_work()

    async def hint(self) -> None:
        if self.sheet:
            hint = await sync_to_async(hints.next_hint)(self.sheet)
            await self.send_json(events.hint(hint, self.language))

    async def run_on_every_save(self, known: Callable[[Step, Stamp], bool] = unknown) -> None:
        while self.wanted:
            stamp = await in_thread(settled)()
            if not known(self.step, stamp):
                await self.run(stamp)
            known = unknown
            while self.wanted and await in_thread(unchanged)(stamp):
                await news.awaited(GLANCE)

    async def run(self, stamp: Stamp | None = None) -> None:
        """Checks the desk and tells of it, until it is done or something was saved since."""
        if not await self.tell_desk():
            return

        def wanted() -> bool:
            return self.wanted and (stamp is None or unchanged(stamp))

        self.sheet = None
        begun, identity = stamp or await in_thread(stamp_of)(desk.DESK), desk.identity(desk.DESK)
        await self.send_json(events.checking(self.language))
        try:
            async for sheet in one_by_one(attempted(self.step, wanted)):
                self.sheet = sheet
                await self.send_json(events.sheet(sheet, self.language))
            if self.sheet and self.sheet.verdict:
                FINISHED[self.step] = Finished(self.sheet, identity, begun)
        except checks.Unwanted:
            pass
        except WorkbookError as error:
            await self.send_json(events.trouble(error, self.language))
        await self.send_json({"kind": "done"})

    async def tell_desk(self, save: Save | None = None) -> bool:
        """Whether the page's step is on the desk; the page is told, and what was saved for it."""
        found = await sync_to_async(events.desk)(self.step, self.language, save)
        await self.send_json(found)
        self.told = {**found, "saved": ""}
        return bool(found["state"] == "here")

    async def follow(self) -> None:
        """Tells it whenever it is otherwise: the terminal and other pages begin steps, too."""
        while True:
            if await in_thread(events.desk)(self.step, self.language, None) != self.told:
                await self.tell_desk()
            await news.awaited()

    async def tell_finished(self) -> None:
        """What the last check of this desk came to, for a page that is opened again."""
        finished = FINISHED.get(self.step)
        if finished and finished.desk == desk.identity(desk.DESK):
            self.sheet = finished.sheet
            await self.send_json(events.sheet(finished.sheet, self.language))
            fresh = await in_thread(unchanged)(finished.stamp)
            await self.send_json({"kind": "remembered", "fresh": fresh})


async def one_by_one(sheets: Iterator[Sheet | None]) -> AsyncIterator[Sheet]:
    """What the iterator gives, waited for in a thread."""
    while (sheet := await in_thread(next)(sheets, END)) is not END:
        if sheet:
            yield sheet
        else:
            await asyncio.sleep(processes.REST)


class Try(Worker):
    """Starts and stops the server of the page's step, and follows it.

    Behind a word may stand options, as in the terminal; what starts anew heeds them.
    """

    words = ("snapshot", "desk", "restart", "stop", "beside", "alone")

    async def connect(self) -> None:
        await super().connect()
        self.running, self.before = servers.of(self.step), servers.beside(self.step)
        await self.start_work(self.follow)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        word, *options = (text_data or "").split(" ")
        self.options = frozenset(options)
        await super().receive(word if self.options <= OPTIONS else None)

    async def snapshot(self) -> None:
        await self.start(self.step.path, "snapshot")

    async def desk(self) -> None:
        await sync_to_async(require_on_desk)(self.step)
        await self.start(desk.DESK, "desk")

    async def start(self, project: Path, source: str) -> None:
        await sync_to_async(self.running.start)(project, source, self.options)

    async def restart(self) -> None:
        if self.running.source == "desk":
            await sync_to_async(require_on_desk)(self.step)
        await sync_to_async(self.running.restart)()

    async def stop(self) -> None:
        await sync_to_async(self.running.stop)()
        await self.alone()

    async def beside(self) -> None:
        """Serves the step before, too."""
        if self.before and not self.before.is_going:
            await sync_to_async(self.before.start)(self.before.step.path, "snapshot")

    async def alone(self) -> None:
        if self.before:
            await sync_to_async(self.before.stop)()

    async def follow(self) -> None:
        """Tells what travels as it does and, looking again and again, all else that is new."""
        sign = asyncio.Event()
        tell = partial(asyncio.get_running_loop().call_soon_threadsafe, sign.set)
        with self.running.telling(tell):
            told, line, number = None, 0, 0
            explained: set[str] = set()
            while self.wanted:
                sign.clear()
                about = self.running, self.before, servers.going(), self.language
                state = await in_thread(events.server)(*about)
                if state != told:
                    await self.send_json(state)
                    told = state
                lines, line = self.running.since(line)
                if lines:
                    await self.send_json({"kind": "log", "lines": lines})
                before, (records, number) = number, self.running.travelled_since(number)
                if records:
                    heard = records, explained, self.running, self.language
                    await self.send_json(events.wire(*heard, anew=before == 0))
                await news.awaited(sign=sign)


def end() -> None:
    """Ends the checks that are under way, and then those that were only just beginning."""
    processes.end_all()
    THREADS.shutdown()
    processes.end_all()
