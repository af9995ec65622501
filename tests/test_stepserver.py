"""What pages are told of a step's server, by the server itself."""

from tests.support.servers import eventually
from workbook.steps import step
from workbook.web.practice.stepserver import StepServer


class Watched(StepServer):
    """Keeps every state that it was in."""

    def __setattr__(self, name, value):
        if name == "state":
            self.__dict__.setdefault("states", []).append(value)
        super().__setattr__(name, value)


def test_what_is_restarted_was_never_stopped():
    """However long the old process takes to end: pages would empty their windows."""
    server = Watched(step(3))
    try:
        server.start(server.step.path, "snapshot")
        eventually(lambda: server.state == "running")
        server.restart()
        eventually(lambda: server.state == "running")
    finally:
        server.stop()

    assert server.states == [
        "stopped",
        "stopped",
        "starting",
        "running",
        "starting",
        "running",
        "stopped",
    ]
