"""What is put under load: steps on their servers, in memory and on Redis."""

import asyncio
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.clients import new_rooms, round_trips
from tests.support.projects import edited, snapshot
from tests.support.servers import daphne, uvicorn
from workbook.exercise.mistakes import Edit
from workbook.layers import redis_server
from workbook.server import free_port
from workbook.steps import all_steps

*_, SYNC, ASYNC = all_steps()
CONTESTANTS = {
    "step 4, Daphne": (SYNC, daphne),
    "step 5, Daphne": (ASYNC, daphne),
    "step 5, uvicorn": (ASYNC, uvicorn),
}
REFERENCE, OURS, _ = CONTESTANTS
ON_DAPHNE = [REFERENCE, OURS]
MEMORY, REDIS = "in memory", "on Redis"


DEFAULT_CAPACITY = Edit("mysite/settings.py", "CHANNEL_CAPACITY = 10_000", "CHANNEL_CAPACITY = 100")
DEFAULT_TIMEOUT = Edit("mysite/settings.py", ', "socket_timeout": None', "")
NEVER_DISCARDED = Edit("chat/consumers.py", "# Leave room group", "return")


@contextmanager
def redis():
    """A Redis of the load's own; the environment that names it."""
    with redis_server(free_port()) as url:
        yield {"REDIS_URL": url}


@contextmanager
def serve(name, environment, *edits):
    """Serves a copy of a contestant's step, with these edits made in it, and imports and caches warm."""
    step, server = CONTESTANTS[name]
    with TemporaryDirectory() as folder:
        project = edited(snapshot(step, Path(folder, "project")), edits)
        with server(project, **environment) as running:
            asyncio.run(round_trips(running.port, new_rooms(10), 50))
            yield running
