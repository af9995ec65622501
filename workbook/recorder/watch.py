"""Takes note of what Channels does for a project, without changing what it does.

It works in a process without threads too, and costs nothing until `watch` is called.
"""

from workbook.recorder import consumers, coroutines, layers, routes, swallowed
from workbook.recorder.recorder import Recorder


def watch(recorder: Recorder) -> None:
    """Watches Channels from here on; called once, before the project is loaded."""
    swallowed.watch(recorder.project, recorder.on_swallowed)
    coroutines.watch_coroutines(recorder)
    coroutines.watch_tasks(recorder)
    coroutines.watch_sleep(recorder)
    coroutines.watch_queues(recorder)
    consumers.watch_consumers(recorder)
    consumers.watch_guards(recorder)
    layers.watch_layers(recorder)
    routes.watch_routes(recorder)
