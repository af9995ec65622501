"""Steps served for a test, on loopback, in processes that end with it."""

import json
import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from functools import cache
from tempfile import TemporaryFile
from typing import NamedTuple
from urllib.parse import quote

import psutil
from websockets.sync.client import connect

from tests.support.ports import free_port, free_ports
from workbook import lock
from workbook.server import LOOPBACK, answers, migrate, settled
from workbook.steps import ROOT, all_steps

PATIENCE = 30  # seconds
ENDING = "Ctrl-C ends it."  # which a server says when it answers


class Served:
    """What a command of the workbook's serves, from when it says so until the block ends."""

    def __init__(self, *words, port=None, folder=ROOT, **environment):
        self.port = port or free_port()
        self.command = [sys.executable, "-m", "workbook", *words, f"--port={self.port}"]
        self.folder = folder
        self.environment = {**os.environ, **environment}
        self.output = ""

    def __enter__(self):
        if self.folder == ROOT:
            make_databases()
        self.announced = threading.Event()
        self.process = subprocess.Popen(
            self.command,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.reader = threading.Thread(target=self.read)
        self.reader.start()
        if not self.announced.wait(timeout=60) or ENDING not in self.output:
            self.__exit__()
            raise AssertionError(f"{self.command} does not serve:\n{self.output}")
        return self

    def read(self):
        """Keeps what the server says; how to end it is said when it answers."""
        with self.process.stdout as lines:
            for line in lines:
                self.output += line
                if line.strip() == ENDING:
                    self.announced.set()
        self.announced.set()

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        finally:
            self.process.kill()
            self.reader.join(timeout=30)


@cache
def make_databases():
    """Makes those of the steps: two tests that serve a step for the first time would both do it."""
    with lock.held(ROOT / ".work-databases"):
        for step in all_steps():
            if not (step.path / "db.sqlite3").exists():
                migrate(step.path, settled(dict(os.environ), LOOPBACK))


class Walkthrough(Served):
    """The walkthrough of a checkout."""

    def __init__(self, folder=ROOT, port=None, **environment):
        super().__init__("walkthrough", port=port, folder=folder, **environment)

    def page(self, path=""):
        return f"http://127.0.0.1:{self.port}/{path}"

    def socket(self, path, origin=None):
        """A WebSocket as that page opens it."""
        headers = {"Origin": origin or self.page().rstrip("/")}
        address = self.page(path).replace("http", "ws", 1)
        return connect(address, additional_headers=headers, open_timeout=PATIENCE, proxy=None)

    def stop(self, step):
        """Ends the server of a step that another test of the same walkthrough may have left."""
        with self.socket(f"en/{step}/try/") as page:
            page.send("stop")
            assert "stopped" in states(page)


class Network(Walkthrough):
    """The walkthrough of a checkout as others in its network have it: at a name, without TLS."""

    NAME = "class.example"
    ADDRESS = "127.0.0.2"
    BEGIN = f"""
import sys
from workbook import cli, server
from workbook.web import policy
policy.is_loopback = lambda address: False
server.allowed_hosts = lambda host: ["{NAME}"]
sys.exit(cli.main(sys.argv[1:]))
"""

    def __init__(self, folder=ROOT):
        super().__init__(folder)
        words = self.command[self.command.index("walkthrough") :]
        self.command = [sys.executable, "-c", self.BEGIN, *words, f"--host={self.ADDRESS}"]

    def page(self, path=""):
        return f"http://{self.NAME}:{self.port}/{path}"


class Server(Served):
    """A step served by the command that a learner types, without make."""

    def __init__(self, step, port=None, *, servers=1, layer=None, **environment):
        self.step = step
        self.ports = [port] if port else free_ports(servers)
        options = [f"--servers={servers}"] + ([f"--layer={layer}"] if layer else [])
        super().__init__(step.name, "run", *options, port=self.ports[0], **environment)

    @property
    def redis(self):
        """The URL of the Redis that its servers were given, with the password in it."""
        started = psutil.Process(self.process.pid).children(recursive=True)
        return next(url for each in started if (url := each.environ().get("REDIS_URL")))

    def page(self, room_name=None):
        """The address of the index page, or of a room's."""
        room = "" if room_name is None else f"{quote(room_name, safe='')}/"
        return f"http://127.0.0.1:{self.port}/chat/{room}"

    def address(self, room_name, server=0):
        """The address of a room's WebSocket, at one of the servers."""
        return f"ws://127.0.0.1:{self.ports[server]}/ws/chat/{quote(room_name, safe='')}/"

    @contextmanager
    def enter(self, room_name, origin="http://127.0.0.1", server=0):
        """A WebSocket to the room, as its page opens it; the Origin None is left out."""
        headers = {"Origin": origin} if origin else {}
        address = self.address(room_name, server)
        with connect(
            address, additional_headers=headers, open_timeout=PATIENCE, proxy=None
        ) as client:
            yield client


def eventually(happens):
    """Waits until it does."""
    deadline = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def expect_ended(processes):
    """They end; of a killed one the connections may be gone before its port is free."""
    eventually(lambda: not any(process.is_running() for process in processes))


def say(client, message):
    client.send(json.dumps({"message": message}))


def hear(client):
    return json.loads(client.recv(timeout=PATIENCE))


def states(page):
    """What a page of Try is told of its server's state, as it changes."""
    while True:
        event = json.loads(page.recv(timeout=PATIENCE))
        if event["kind"] == "server":
            yield event["state"]


class Running(NamedTuple):
    """A server that takes connections on loopback."""

    port: int
    pid: int


def daphne(project, **environment):
    """Serves the project by Daphne alone, without runserver."""
    options = ["-b", "127.0.0.1", "--verbosity", "0", "mysite.asgi:application", "-p"]
    return running("-m", "daphne", *options, project=project, **environment)


def uvicorn(project, **environment):
    """Serves the project by uvicorn, which speaks ASGI too."""
    options = ["--lifespan", "off", "--log-level", "error", "mysite.asgi:application", "--port"]
    return running("-m", "uvicorn", *options, project=project, **environment)


def runserver(project, **environment):
    """Serves the project by the command that a learner types, without the reloader."""
    return running("manage.py", "runserver", "--noreload", project=project, **environment)


@contextmanager
def running(*words, project, **environment):
    """Runs Python with these words, behind which stands the server's port, until the block ends."""
    port = free_port()
    with TemporaryFile() as output:
        process = subprocess.Popen(
            [sys.executable, *words, str(port)],
            cwd=project,
            env={**os.environ, **environment},
            stdout=output,
            stderr=output,
        )
        try:
            if not answers(process, "127.0.0.1", port):
                output.seek(0)
                raise AssertionError(f"{words} does not run:\n{output.read().decode()}")
            yield Running(port, process.pid)
        finally:
            stop(process)


def stop(process):
    """Ends a server; by force where a sync consumer's thread waits for the loop that has ended."""
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
