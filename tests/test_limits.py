"""What a server for a class's network shows and takes; all of it on loopback."""

import os
import socket
from contextlib import ExitStack, closing
from functools import partial
from http.client import HTTPConnection
from urllib.request import urlopen

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.support.ports import free_port
from tests.support.projects import snapshot
from tests.support.servers import PATIENCE, Server, Walkthrough, hear, running, say
from workbook.limits import BODY, UNREAD
from workbook.server import EVERYWHERE, command, settled
from workbook.steps import step

ASYNC = step(5)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Step 5 as a class gets it: the command, the settings and the limits for a network."""
    project = snapshot(ASYNC, tmp_path_factory.mktemp("limits") / "project")
    words = command(EVERYWHERE, 0)[1:-1]
    environment = {"DEBUG": "", "SECRET_KEY": "", "ALLOWED_HOSTS": "", "REDIS_URL": ""}
    with running(
        *words, project=project, **settled({**os.environ, **environment}, EVERYWHERE)
    ) as it:
        yield it


def answered(port, method, path="/", **about):
    """The status of a page and its text."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request(method, path, **about)
        response = connection.getresponse()
        return response.status, response.read().decode()


@pytest.mark.parametrize(("path", "host"), [("/chat/", "x"), ("/nowhere/", "127.0.0.1")])
def test_a_page_that_fails_shows_nothing_of_the_inside(path, host, served):
    """Whoever asks under a wrong name, or for what is not there, sees neither settings nor code."""
    status, page = answered(served.port, "GET", path, headers={"Host": host})

    assert status in (400, 404)
    assert [word for word in ["DEBUG", "Traceback", "mysite"] if word in page] == []


def test_a_project_whose_debug_is_fixed_is_not_opened_to_the_network(classroom):
    """What startproject makes would show all its settings: the command says what to mend."""
    classroom.make("step-1", "start")
    done = classroom.make("run", "HOST=0.0.0.0", f"PORT={free_port()}", DEBUG="")

    assert done.returncode == 2
    assert "DEBUG on for good" in done.stderr
    assert "the note of step 1" in done.stderr


def enter(port, **options):
    """A WebSocket into the room of the test, as that server's page opens it."""
    headers = {"Origin": f"http://127.0.0.1:{port}"}
    address = f"ws://127.0.0.1:{port}/ws/chat/lobby/"
    return connect(address, additional_headers=headers, proxy=None, **options)


def test_a_class_chats_without_debug(served):
    """The pages are served and the sockets opened as on one's own machine."""
    with urlopen(f"http://127.0.0.1:{served.port}/chat/lobby/") as page:
        assert "chat-log" in page.read().decode()
    with enter(served.port) as mona, enter(served.port) as omar:
        say(mona, "hello")
        assert hear(omar) == {"message": "hello"}


def test_who_never_reads_is_let_go_and_the_room_chats_on(served):
    """What waits for one member does not fill the machine; the others hear every message."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect(("127.0.0.1", served.port))
    message = "\N{GRINNING FACE}" * 2000  # twelve bytes each, as JSON
    with enter(served.port, sock=line, max_queue=1) as sleeper, enter(served.port) as mona:
        for _ in range(2 * UNREAD // (12 * 2000)):
            say(mona, message)
            assert hear(mona) == {"message": message}
        with pytest.raises(ConnectionClosed):
            while True:
                hear(sleeper)


@pytest.fixture(scope="module")
def ports(served):
    """A class's ports: a step's, and the walkthrough's."""
    with Walkthrough() as walkthrough:
        yield [served.port, walkthrough.port]


def test_a_large_body_is_refused_before_it_is_kept(ports):
    """A form's is taken and answered; of one larger than any form's the connection ends."""
    for port in ports:
        assert answered(port, "POST", body=bytes(BODY // 2))[0] in (404, 405)
        with pytest.raises(ConnectionError):
            answered(port, "POST", body=bytes(4 * BODY))


# As few descriptors as macOS gives; not this process's own, which may hold more of them by now.
FEW = ["sh", "-c", 'ulimit -S -n 256; exec "$@"', "sh"]


@pytest.mark.parametrize("command", [Walkthrough, partial(Server, ASYNC)])
def test_a_class_has_room_where_a_process_begins_with_few_descriptors(command):
    """Both commands take as many as the system allows: each window of a class holds some."""
    served = command()
    served.command = [*FEW, *served.command]
    with served, ExitStack() as stack:
        for _ in range(300):
            stack.enter_context(socket.create_connection(("127.0.0.1", served.port)))
        with urlopen(served.page(), timeout=PATIENCE) as page:
            assert page.status == 200
