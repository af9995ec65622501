"""Commands in a terminal, as a learner sees them."""

import os
import pty
import re
import subprocess
import threading
from codecs import getincrementaldecoder

ESCAPES = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|[()][A-Z0-9])")
PATIENCE = 60  # seconds


class Terminal:
    """A command in a terminal of its own; `text` is all it has shown."""

    def __init__(self, folder, *command, lines=50):
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "120", "LINES": str(lines)},
            start_new_session=True,
        )
        os.close(slave)
        self.text = ""
        self.news = threading.Condition()
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        """A letter or an escape may come in two parts: the first waits for the other."""
        decoder = getincrementaldecoder("utf-8")("replace")
        while True:
            try:
                shown = os.read(self.master, 65536)
            except OSError:
                shown = b""
            with self.news:
                self.text = ESCAPES.sub("", self.text + decoder.decode(shown))
                self.news.notify_all()
            if not shown:
                return

    def expect(self, words):
        """Waits until the words are shown, and forgets what came before them, which it gives."""
        with self.news:
            shown = self.news.wait_for(lambda: words in self.text, timeout=PATIENCE)
            assert shown, f"{words} was not shown in:\n{self.text[-3000:]}"
            before, _, self.text = self.text.partition(words)
            return before

    def forget(self):
        """What is expected from here on has to be shown from here on."""
        with self.news:
            self.text = ""

    def type(self, keys):
        os.write(self.master, keys.encode())

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=PATIENCE)
        self.reader.join(timeout=PATIENCE)
        os.close(self.master)
