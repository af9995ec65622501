"""Steps served for a test, on loopback, in processes that end with it."""

import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from urllib.parse import quote

from websockets.sync.client import connect

from workbook.server import free_port
from workbook.steps import ROOT


class Served:
    """What a command of the workbook's serves, from when it says so until the block ends."""

    def __init__(self, *words, port=None, folder=ROOT, **environment):
        self.port = port or free_port()
        self.command = [sys.executable, "-m", "workbook", *words, "--port", str(self.port)]
        self.folder = folder
        self.environment = {**os.environ, **environment}
        self.output = ""

    def __enter__(self):
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
        if not self.announced.wait(timeout=60) or self.process.poll() is not None:
            self.__exit__()
            raise AssertionError(f"{self.command} does not serve:\n{self.output}")
        return self

    def read(self):
        """Keeps what the server says; the page's address means that it answers."""
        with self.process.stdout as lines:
            for line in lines:
                self.output += line
                if line.strip() == self.page():
                    self.announced.set()
        self.announced.set()

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        finally:
            self.process.kill()
            self.reader.join(timeout=30)


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
        return connect(address, additional_headers=headers, proxy=None)


class Server(Served):
    """A step served by the command that a learner types, without make."""

    def __init__(self, step, port=None, **environment):
        super().__init__(step.name, "run", port=port, **environment)

    def page(self, room_name=None):
        """The address of the index page, or of a room's."""
        room = "" if room_name is None else f"{quote(room_name, safe='')}/"
        return f"http://127.0.0.1:{self.port}/chat/{room}"

    @contextmanager
    def enter(self, room_name, origin=None):
        """A WebSocket to the room, as its page opens it."""
        address = f"ws://127.0.0.1:{self.port}/ws/chat/{quote(room_name, safe='')}/"
        headers = {"Origin": origin or f"http://127.0.0.1:{self.port}"}
        with connect(address, additional_headers=headers, proxy=None) as client:
            yield client


def say(client, message):
    client.send(json.dumps({"message": message}))


def hear(client):
    return json.loads(client.recv(timeout=10))
