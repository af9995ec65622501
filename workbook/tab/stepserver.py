"""A step's server in an interpreter of its own, in the tab of its page."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any

from workbook.exercise.desk import DESK
from workbook.server import PORT
from workbook.steps import ROOT, Step
from workbook.tab.machine import Guest
from workbook.web.practice.served import Served
from workbook.wire.scene import Scene

GLANCE = 1  # seconds without another save, which is how often `runserver` looks


class StepServer(Served):
    """Begins anew when a file of the desk that it serves is saved, as `runserver` does."""

    def __init__(self, step: Step) -> None:
        super().__init__(step, [PORT])
        self.guest: Guest | None = None
        self.reloading: asyncio.TimerHandle | None = None
        self.scene = Scene(time.monotonic())
        self.interpreters = 0  # that have served it
        self.begun = 0.0  # the moment in which the last of them did
        self.ahead = 0.0  # seconds that this clock is ahead of the guest's

    def launch(self) -> None:
        self.scene = Scene(time.monotonic())
        self.begin()

    def begin(self) -> None:
        self.state, self.trouble = "starting", None
        self.interpreters += 1
        self.begun = time.time()
        self.guest = Guest(self.told, self.gone)
        self.guest.settle(self.project)
        self.guest.serve(self.step.name, self.project)

    def halt(self) -> None:
        self.wait_no_more()
        if self.guest:
            self.guest.end()
            self.leave()

    def gone(self) -> None:
        """It ended by itself: the project cannot be served, or has left."""
        self.leave()
        self.state = "ended"

    def leave(self) -> None:
        if self.state == "running":
            self.travels("Ended", time.monotonic())
        self.guest = None

    def told(self, message: Any) -> None:
        about = json.loads(message.to_bytes())
        self.write(about.get("lines", []))
        if moment := about.get("running"):
            self.ahead = time.monotonic() - moment
            self.state = "running"
            self.travels("Begun", time.monotonic())
        for kind, moment, visit, fields in about.get("facts", []):
            self.travels(kind, moment + self.ahead, visit=visit, **fields)

    def travels(self, kind: str, moment: float, **about: Any) -> None:
        fact = {"kind": kind, "moment": moment, "server": 1, "process": self.interpreters}
        if record := self.scene.record(fact | about):
            self.hear([record])

    def saved(self, paths: list[str]) -> None:
        own = [ROOT / path for path in paths if (ROOT / path).is_relative_to(DESK)]
        if self.source != "desk" or self.state == "stopped" or not own:
            return
        modules = [path.relative_to(DESK) for path in own if path.suffix == ".py"]
        if any(self.is_newer(path) for path in modules):
            self.wait_no_more()
            loop = asyncio.get_running_loop()
            self.reloading = loop.call_later(GLANCE, self.reload, modules[0])
        elif self.guest:
            self.guest.bring(own)

    def is_newer(self, path: Path) -> bool:
        """Whether what is served does not have the file as it is now."""
        place = DESK / path
        return not place.exists() or place.stat().st_mtime > self.begun

    def reload(self, path: Path) -> None:
        self.write([f"{path} changed, reloading."])
        self.halt()
        self.begin()

    def wait_no_more(self) -> None:
        if self.reloading:
            self.reloading.cancel()
