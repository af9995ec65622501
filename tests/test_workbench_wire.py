"""The wire in the browser: a page is told what travels as it travels."""

from workbook.steps import step
from workbook.web.practice.servers import StepServer


def test_whoever_listens_is_told_as_something_travels():
    """At once and without a look at it, and not any more once nobody listens."""
    server, calls = StepServer(step(5)), []
    with server.telling(lambda: calls.append(server.travelled_since(0)[1])):
        server.hear([])
    server.hear([])

    assert calls == [0]
