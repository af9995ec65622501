"""Whose pages may open a WebSocket: the browser says whose they are in the header Origin."""

import pytest
from websockets.exceptions import InvalidStatus

from tests.support.servers import Server, hear, say
from workbook.steps import step

ECHO_CONSUMER, ASYNC = step(3), step(5)
LAN = "http://192.168.1.7:8000"
DEVELOPMENT = {"DEBUG": "true", "ALLOWED_HOSTS": ""}
PRODUCTION = {
    "DEBUG": "false",
    "SECRET_KEY": "for this test",
    "ALLOWED_HOSTS": "chat.example 192.168.1.7",
}


def expect_allowed(server, *origins):
    for origin in origins:
        with server.enter("lobby", origin) as client:
            say(client, "hello")
            assert hear(client) == {"message": "hello"}


def expect_refused(server, *origins):
    for origin in origins:
        with pytest.raises(InvalidStatus) as refused, server.enter("lobby", origin):
            pass
        assert refused.value.response.status_code == 403, origin


def test_in_development_this_machines_pages_may_connect():
    """With DEBUG on: at any port, by any scheme; nobody else, and nobody who does not say who he is."""
    with Server(ECHO_CONSUMER, **DEVELOPMENT) as server:
        expect_allowed(server, "http://127.0.0.1:8000", "https://localhost", "http://[::1]:1")
        expect_refused(server, "http://foreign.example", "http://127.0.0.1.example", LAN)
        expect_refused(server, "null", None)


def test_in_production_the_allowed_hosts_pages_may_connect():
    """With DEBUG off ALLOWED_HOSTS decides alone: an address of the LAN, too, and not this machine."""
    with Server(ASYNC, **PRODUCTION) as server:
        expect_allowed(server, "https://chat.example", LAN)
        expect_refused(server, "http://foreign.example", "https://sub.chat.example")
        expect_refused(server, "http://127.0.0.1:8000", "null", None)
