"""The socket of the page's editor: what is asked of the desk's files, and what becomes of them."""

import asyncio
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer

from workbook import exercise
from workbook.errors import WorkbookError
from workbook.exercise import desk, edits, papers, parcel, saves
from workbook.exercise.edits import Stamp
from workbook.exercise.papers import Newer
from workbook.exercise.saves import Save
from workbook.steps import Step
from workbook.web.practice import events, news
from workbook.web.practice.consumers import in_thread

Asked = dict[str, str]

ACTS = {  # each with what it needs to know
    "read": ("path",),
    "write": ("path", "text", "version"),
    "keep": ("path", "text"),
    "rename": ("path", "to"),
    "remove": ("path",),
    "saves": (),
    "restore": ("name",),
    "begin": (),
    "solve": (),
    "pack": (),
    "unpack": ("zip",),
}


class Edit(AsyncJsonWebsocketConsumer):
    """Reads and writes the desk's files, and tells which are there whenever one is saved.

    A request is an object of texts: `do` is one of ACTS, `id` is given back with the answer.
    """

    async def connect(self) -> None:
        about = self.scope["url_route"]["kwargs"]
        self.language: str = about["language"]
        self.step: Step = about["step"]
        await self.accept()
        self.following = asyncio.create_task(self.follow())

    async def disconnect(self, code: int) -> None:
        self.following.cancel()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        try:
            asked = await self.decode_json(text_data or "")
            fits = {*asked} == {"do", "id", *ACTS[asked["do"]]}
            fits = fits and all(isinstance(each, str) for each in asked.values())
        except (ValueError, TypeError, KeyError, RecursionError):
            fits = False
        if fits:
            await self.send_json({**await in_thread(self.answer)(asked), "id": asked["id"]})
        else:
            await self.close(code=4400)

    def answer(self, asked: Asked) -> dict[str, Any]:
        act: Callable[[Asked], dict[str, Any]] = getattr(self, asked["do"])
        try:
            return act(asked)
        except Newer as newer:
            return events.newer(newer, self.language)
        except WorkbookError as error:
            return {**events.trouble(error, self.language)}

    def read(self, asked: Asked) -> dict[str, Any]:
        return {**events.paper(papers.read(asked["path"]), self.language)}

    def write(self, asked: Asked) -> dict[str, Any]:
        written = papers.write(self.step, asked["path"], asked["text"], asked["version"])
        return {**events.paper(written, self.language)}

    def keep(self, asked: Asked) -> dict[str, Any]:
        return kept(papers.keep(self.step, asked["path"], asked["text"]))

    def rename(self, asked: Asked) -> dict[str, Any]:
        moved = papers.rename(self.step, asked["path"], asked["to"])
        return {**events.paper(moved, self.language)}

    def remove(self, asked: Asked) -> dict[str, Any]:
        return kept(papers.remove(self.step, asked["path"]))

    def saves(self, asked: Asked) -> dict[str, Any]:
        found = [{"name": save.name, "size": save.size} for save in saves.saves()]
        return {"kind": "saves", "saves": found}

    def restore(self, asked: Asked) -> dict[str, Any]:
        return kept(desk.restore(saves.named(asked["name"]).name)[1])

    def begin(self, asked: Asked) -> dict[str, Any]:
        return kept(exercise.begin(self.step))

    def solve(self, asked: Asked) -> dict[str, Any]:
        return kept(exercise.solve(self.step))

    def pack(self, asked: Asked) -> dict[str, Any]:
        return {"kind": "packed", "zip": b64encode(parcel.packed()).decode()}

    def unpack(self, asked: Asked) -> dict[str, Any]:
        try:
            content = b64decode(asked["zip"], validate=True)
        except ValueError:
            raise WorkbookError(parcel.NO_PARCEL) from None
        return kept(parcel.unpack(content))

    async def follow(self) -> None:
        """Tells which files are there, now and whenever that or one of them is another."""
        told: tuple[Step | None, Stamp] | None = None
        while True:
            found = await in_thread(lying)()
            if found != told:
                told = found
                listed = await in_thread(events.papers)(self.step, self.language)
                await self.send_json(listed)
            await news.awaited()


def kept(save: Save | None) -> dict[str, Any]:
    """The name under which a desk was saved, if one lay there."""
    return {"kind": "kept", "name": save.name if save else ""}


def lying() -> tuple[Step | None, Stamp]:
    return desk.looked(lambda folder: (desk.marked(folder), edits.stamp_of(folder)))
