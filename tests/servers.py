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


class Server:
    """A step served by the command that a learner types, without make."""

    def __init__(self, step, port=None, **environment):
        self.step = step
        self.port = port or free_port()
        self.environment = {**os.environ, **environment}
        self.output = ""

    def __enter__(self):
        self.announced = threading.Event()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "workbook", self.step.name, "run", "--port", str(self.port)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.reader = threading.Thread(target=self.read)
        self.reader.start()
        if not self.announced.wait(timeout=60) or self.process.poll() is not None:
            self.__exit__()
            raise AssertionError(f"{self.step.name} was not served:\n{self.output}")
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
        self.process.wait(timeout=30)
        self.reader.join(timeout=30)

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
