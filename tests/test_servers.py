"""Each step is started for real and driven by a real WebSocket client."""

import signal
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from urllib.request import urlopen

import pytest
from websockets.exceptions import InvalidStatus

from tests.support.servers import PATIENCE, Server, Walkthrough, hear, say
from workbook.steps import step

SETUP, ROOM_VIEW, ECHO_CONSUMER, CHANNEL_LAYER, ASYNC = map(step, [1, 2, 3, 4, 5])
CHATS = pytest.mark.parametrize("step", [CHANNEL_LAYER, ASYNC], ids=lambda step: step.slug)


@pytest.mark.parametrize("step", [SETUP, ROOM_VIEW], ids=lambda step: step.slug)
def test_before_the_consumer_only_pages_are_served(step):
    """Steps 1 and 2 serve their pages by Daphne, and no WebSocket."""
    with Server(step) as server:
        with urlopen(server.page()) as response:
            assert response.headers["Server"] == "daphne"
        with pytest.raises(InvalidStatus), server.enter("lobby"):
            pass


def test_the_echo_answers_the_sender_alone():
    """Step 3 echoes, also in an Arabic room, and mends its ways after bad frames."""
    with (
        Server(ECHO_CONSUMER) as server,
        server.enter("غرفة") as mona,
        server.enter("غرفة") as omar,
    ):
        say(mona, "أهلًا")
        assert hear(mona) == {"message": "أهلًا"}
        mona.send("no message")
        assert "error" in hear(mona)
        mona.send(b"\xff\xfe")
        assert "error" in hear(mona)
        say(omar, "only mine")
        assert hear(omar) == {"message": "only mine"}


@CHATS
def test_a_room_is_shared_and_kept_apart(step):
    """Steps 4 and 5 bring a message to everyone in the room, and to nobody else."""
    with Server(step) as server, server.enter("غرفة") as mona, server.enter("غرفة") as omar:
        say(mona, "أهلًا")
        assert hear(mona) == hear(omar) == {"message": "أهلًا"}
        with server.enter("garden") as sara:
            say(mona, "in our room")
            assert hear(mona) == hear(omar) == {"message": "in our room"}
            say(sara, "in the garden")
            assert hear(sara) == {"message": "in the garden"}


def test_a_server_ends_with_its_command():
    """When the command is ended, nothing listens any more and the port can be taken again."""
    with Server(ASYNC) as first:
        pass
    with Server(ASYNC, first.port) as second, second.enter("lobby") as client:
        say(client, "again")
        assert hear(client) == {"message": "again"}


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_walkthrough_ends_while_pages_are_asked_for(ending):
    """A class reads on when its teacher presses Ctrl-C: nothing of it keeps the command."""
    with Walkthrough() as walkthrough, ExitStack() as readers:
        for _ in range(30):
            reader = HTTPConnection("127.0.0.1", walkthrough.port, timeout=PATIENCE)
            readers.enter_context(closing(reader)).request("GET", "/en/search/?q=room")
        with urlopen(walkthrough.page("en/search/")):  # by then many wait for their answer
            walkthrough.process.send_signal(ending)
        assert walkthrough.process.wait(PATIENCE) == 0
        walkthrough.process.send_signal(ending)
        assert walkthrough.process.wait(PATIENCE) == 0
