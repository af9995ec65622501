"""A project that is served in this interpreter, to the windows of the page."""

import json
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

from workbook.exercise import runner
from workbook.recorder import requests
from workbook.recorder.coroutines import SHALLOW
from workbook.recorder.watch import watch_channels
from workbook.server import LOOPBACK, settled
from workbook.tab.log import Log
from workbook.tab.loop import Loop, running
from workbook.tab.server import Application, Server
from workbook.tab.windows import Tell, Windows
from workbook.tab.wire import Told, watched

Post = Callable[[bytes], object]


class Service:
    """Tells, in JSON, of `lines` of the log and `facts` of the wire, and when it is `running`."""

    def __init__(self, project: str, post: Post) -> None:
        self.project = Path(project)
        self.post = post
        self.loop = Loop()
        self.recorder = Told(self.project)
        self.log = Log(partial(self.tell, "lines"))
        self.windows: Windows | None = None

    def tell(self, kind: str, about: Any) -> None:
        self.post(json.dumps({kind: about}).encode())

    def load(self) -> bool:
        """Whether the project can be served; if it cannot, the log says why."""
        runner.enter(self.project, settled({}, LOOPBACK))
        sys.stdout = sys.stderr = self.log
        requests.watch_django(self.recorder)
        watch_channels(self.recorder, SHALLOW)
        sys.set_coroutine_origin_tracking_depth(SHALLOW)
        try:
            migrate()
            server = Server(watched(application(), self.recorder))
        except BaseException:
            traceback.print_exc()
        else:
            self.windows = Windows(server)
            self.tell("running", time.monotonic())
        self.log.pass_on()
        return self.windows is not None

    def enter(self, name: str, tell: Tell) -> None:
        self.inside(name, "enter", tell)

    def take(self, name: str, record: dict[str, Any]) -> None:
        self.inside(name, "take", record)

    def leave(self, name: str) -> None:
        self.inside(name, "leave")

    def inside(self, name: str, what: str, *about: Any) -> None:
        with running(self.loop):
            getattr(self.windows, what)(name, *about)

    def turn(self) -> float | None:
        """Does what is ready, and tells of it; the seconds until there is more, as `Loop.turn`."""
        seconds = self.loop.turn()
        self.log.pass_on()
        if self.recorder.waiting or self.recorder.left_out:
            self.post(b'{"facts": %s}' % self.recorder.gathered().encode())
        return seconds


def migrate() -> None:
    """Makes the database, and says what it says on a machine where the project is not right."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["manage.py", "migrate", "--verbosity", "0"])


def application() -> Application:
    """What `runserver` serves: the project's own application or, without Daphne, Django's."""
    from django.apps import apps
    from django.conf import settings
    from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
    from django.core.asgi import get_asgi_application

    served: Application
    if not apps.is_installed("daphne"):
        served = get_asgi_application()
    else:
        from channels.routing import get_default_application

        served = get_default_application()
    with_files = settings.DEBUG and apps.is_installed("django.contrib.staticfiles")
    return cast(Application, ASGIStaticFilesHandler(served)) if with_files else served
