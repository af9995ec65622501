"""What a command starts ends with it, however it ends."""

import os
import signal
import sys

import psutil
import pytest
from redis import Redis

from tests.support.ports import free_ports
from tests.support.servers import Server, eventually, expect_ended
from tests.support.terminal import Terminal
from workbook.server import LOOPBACK, trouble
from workbook.steps import ROOT, step

ASYNC = step(5)


def started_by(process):
    """The processes of the command, its own aside: two servers, a Redis and what stands behind them."""
    started = psutil.Process(process.pid).children(recursive=True)
    assert sum("runserver" in each.cmdline() for each in started) >= 4
    assert any("--save" in each.cmdline() for each in started)
    return started


def expect_gone(started, ports):
    expect_ended(started)
    eventually(lambda: not any(trouble(LOOPBACK, port) for port in ports))


@pytest.mark.usefixtures("some_redis")
@pytest.mark.parametrize("ending", ["SIGKILL", "SIGTERM"])
def test_servers_and_redis_end_with_their_command(ending):
    """Killed or ended, the command takes its servers and its Redis along, and the ports are free."""
    with Server(ASYNC, servers=2, layer="redis") as server:
        started = started_by(server.process)
        with Redis.from_url(server.redis) as redis:
            port = redis.config_get("port")["port"]
        assert all(trouble(LOOPBACK, port) for port in server.ports)
        server.process.send_signal(getattr(signal, ending))
        expect_gone(started, [*server.ports, int(port)])


@pytest.mark.usefixtures("some_redis")
def test_when_one_server_ends_all_end():
    """A chat served by halves would be a puzzle: the command ends with either server, and fails."""
    with Server(ASYNC, servers=2, layer="redis") as server:
        started = started_by(server.process)
        address = f"{LOOPBACK}:{server.port}"
        *_, serving = (each for each in started if each.cmdline()[-1] == address)
        serving.kill()
        expect_gone(started, server.ports)
        assert server.process.wait(timeout=30) > 0


@pytest.mark.usefixtures("some_redis")
def test_ctrl_c_ends_all_without_a_word():
    """Ctrl-C reaches every process of the terminal at once, and none of them complains."""
    ports = free_ports(2)
    options = [f"--port={ports[0]}", "--servers=2", "--layer=redis"]
    terminal = Terminal(ROOT, sys.executable, "-m", "workbook", ASYNC.name, "run", *options)
    try:
        terminal.expect("Ctrl-C ends it.")
        started = started_by(terminal.process)
        os.killpg(terminal.process.pid, signal.SIGINT)
        expect_gone(started, ports)
        assert terminal.process.wait(timeout=30) == 0
    finally:
        terminal.close()
    assert terminal.text.strip() == ""


SLOW = """
import signal, sys, time

def interrupted(*_):
    time.sleep(0.3)
    sys.exit(0)

signal.signal(signal.SIGINT, interrupted)
signal.signal(signal.SIGTERM, lambda *_: print("told again", flush=True))
print("ready", flush=True)
signal.pause()
signal.pause()
"""
GUARDED = """
import sys
from workbook.guardian import guarded

try:
    with guarded([sys.executable, "-c", sys.argv[1]]) as process:
        process.wait()
except KeyboardInterrupt:
    pass
"""


def test_what_ends_at_ctrl_c_is_not_told_again():
    """A Python that is told to end while it ends complains, in the middle of the terminal."""
    terminal = Terminal(ROOT, sys.executable, "-c", GUARDED, SLOW)
    try:
        terminal.expect("ready")
        terminal.forget()
        os.killpg(terminal.process.pid, signal.SIGINT)
        assert terminal.process.wait(timeout=30) == 0
    finally:
        terminal.close()
    assert terminal.text.strip() == ""
