"""Takes note of what Channels does for a project, without changing what it does.

It works in a process without threads too, and costs nothing until `watch` is called.
"""

from workbook.recorder import consumers, coroutines, layers, requests, routes, sockets, swallowed
from workbook.recorder.live import Live
from workbook.recorder.recorder import Recorder


def watch(recorder: Recorder) -> None:
    """Watches Channels from here on; called once, before the project is loaded."""
    coroutines.watch_queues(recorder)
    watch_channels(recorder, coroutines.DEPTH)


def watch_served(recorder: Live) -> None:
    """Watches what travels too; called once in the process that serves the project."""
    sockets.watch_daphne(recorder)
    requests.watch_django(recorder)
    watch_channels(recorder, coroutines.SHALLOW)


def watch_channels(recorder: Recorder, depth: int) -> None:
    swallowed.watch(recorder.project, recorder.on_swallowed)
    coroutines.watch_coroutines(recorder, depth)
    coroutines.watch_tasks(recorder)
    coroutines.watch_sleep(recorder)
    consumers.watch_consumers(recorder)
    consumers.watch_guards(recorder)
    layers.watch_layers(recorder)
    routes.watch_routes(recorder)
