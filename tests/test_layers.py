"""The chat across processes: on a real Redis, and in memory."""

import subprocess
import sys
import time
from contextlib import ExitStack
from functools import cache
from urllib.parse import urlsplit

import psutil
import pytest
import redis
from websockets.exceptions import ConnectionClosed

from tests.support.ports import free_port
from tests.support.servers import Server, eventually, expect_ended, hear, say
from workbook.layers import redis_server
from workbook.server import answers
from workbook.steps import step

CHANNEL_LAYER, ASYNC = step(4), step(5)
CHATS = pytest.mark.parametrize("step", [CHANNEL_LAYER, ASYNC], ids=lambda step: step.slug)
IDLE = 20  # seconds; redis-py's own timeout and the layer's are five
CROWD = """
import sys
from contextlib import ExitStack
from websockets.sync.client import connect
with ExitStack() as sockets:
    for _ in range(5):
        sockets.enter_context(connect(sys.argv[1], origin="http://127.0.0.1", proxy=None))
    print("entered", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def served(some_redis):
    """A step served by two processes on a layer, started when it is first wanted."""
    with ExitStack() as servers:
        yield cache(lambda step, layer: servers.enter_context(Server(step, servers=2, layer=layer)))


@pytest.fixture(scope="module")
def idlers(served):
    """Two clients in a room of each step, on Redis, who say nothing; and when they came in."""
    with ExitStack() as sockets:
        servers = [served(step, "redis") for step in [CHANNEL_LAYER, ASYNC]]
        pairs = [
            [sockets.enter_context(server.enter("idle")) for _ in range(2)] for server in servers
        ]
        yield pairs, time.monotonic()


@pytest.mark.usefixtures("idlers")  # who are silent from here on, until the last test wakes them
@CHATS
def test_on_redis_a_message_crosses_from_server_to_server(step, served):
    """What is said in an Arabic room at one server is heard at the other, and the other way round."""
    server = served(step, "redis")
    with server.enter("غرفة") as mona, server.enter("غرفة", server=1) as omar:
        for client in [mona, omar]:
            say(client, "أهلًا")
            assert hear(mona) == hear(omar) == {"message": "أهلًا"}


@CHATS
def test_in_memory_a_message_stays_with_its_server(step, served):
    """Of what is said at one server the other knows nothing: it hears what is said there alone."""
    server = served(step, "memory")
    with server.enter("غرفة") as mona, server.enter("غرفة", server=1) as omar:
        say(mona, "at the first")
        assert hear(mona) == {"message": "at the first"}
        say(omar, "at the second")
        assert hear(omar) == {"message": "at the second"}


@CHATS
def test_killed_clients_leave_no_member_behind(step, served):
    """Clients that are killed are out of their room's group in Redis."""
    server = served(step, "redis")
    with redis.Redis.from_url(server.redis) as store:
        command = [sys.executable, "-c", CROWD, server.address("crowd")]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as crowd:
            assert crowd.stdout.readline() == "entered\n"
            groups = [key for key in store.keys("asgi:group:*") if store.zcard(key) == 5]
            crowd.kill()
        assert len(groups) == 1
        eventually(lambda: store.zcard(groups[0]) == 0)


@pytest.mark.usefixtures("some_redis")
def test_no_room_stays_deaf_when_its_redis_is_emptied():
    """Pages that are connected, but in no group any more, are let go, and come back together."""
    with Server(ASYNC, servers=2, layer="redis") as server:
        started = psutil.Process(server.process.pid).children(recursive=True)
        before = [each for each in started if "runserver" in each.cmdline()]
        with server.enter("lobby") as mona, redis.Redis.from_url(server.redis) as store:
            eventually(lambda: store.keys("asgi:workbook:*"))
            store.flushall()
            with pytest.raises(ConnectionClosed):
                hear(mona)
        expect_ended(before)  # the other server may take connections until then
        eventually(lambda: all(answers(server.process, "127.0.0.1", port) for port in server.ports))
        with server.enter("lobby") as mona, server.enter("lobby", server=1) as omar:
            say(mona, "back")
            assert hear(omar) == {"message": "back"}


def test_the_workbooks_own_redis_is_for_its_servers_alone(served):
    """Another user of this machine is asked for a password, and finds it on no command line."""
    server = served(ASYNC, "redis")
    own = urlsplit(server.redis)
    with redis.Redis(port=own.port) as stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()
    started = psutil.Process(server.process.pid).children(recursive=True)
    assert [each for each in started if own.password in " ".join(each.cmdline())] == []
    assert own.password not in server.output


@pytest.fixture
def store(some_redis):
    """A Redis of the test's own; its URL."""
    with redis_server(free_port()) as url:
        yield url


def groups_joined(url):
    """How often a group was joined on this Redis."""
    with redis.Redis.from_url(url) as client:
        return client.info("commandstats").get("cmdstat_zadd", {"calls": 0})["calls"]


@CHATS
def test_the_suite_passes_on_redis(step, store, workbook):
    """`step-4 test --layer redis` runs every check on Redis itself, and leaves nothing in it."""
    tested = workbook(step.name, "test", "--layer", "redis", REDIS_URL=store)

    assert tested.returncode == 0, tested.stdout
    assert groups_joined(store) > 0
    with redis.Redis.from_url(store) as client:
        assert client.keys() == []


def test_the_exercise_is_checked_on_redis(store, classroom):
    """`make check LAYER=redis` checks the desk on Redis."""
    classroom.solve(ASYNC)
    checked = classroom.make("check", "LAYER=redis", REDIS_URL=store)

    assert checked.returncode == 0, checked.stdout
    assert groups_joined(store) > 0


def test_an_idle_room_on_redis_stays_open(idlers):
    """After 20 seconds of silence, in which no timeout may strike, both steps chat on."""
    pairs, since = idlers
    time.sleep(max(0, since + IDLE - time.monotonic()))
    for mona, omar in pairs:
        say(mona, "still here")
        assert hear(mona) == hear(omar) == {"message": "still here"}
