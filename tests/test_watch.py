"""`make watch` in a terminal: it checks on every save and survives whatever is saved."""

import os
import pty
import re
import subprocess
import threading

import pytest

from workbook.steps import step

ESCAPES = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|[()][A-Z0-9])")
PATIENCE = 60  # seconds


class Terminal:
    """A command in a terminal of its own; `text` is all it has shown."""

    def __init__(self, folder, *command):
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "120", "LINES": "50"},
            start_new_session=True,
        )
        os.close(slave)
        self.text = ""
        self.news = threading.Condition()
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        while True:
            try:
                shown = os.read(self.master, 65536).decode(errors="replace")
            except OSError:
                shown = ""
            with self.news:
                self.text += ESCAPES.sub("", shown)
                self.news.notify_all()
            if not shown:
                return

    def expect(self, words):
        """Waits until the words are shown, and forgets what came before them."""
        with self.news:
            shown = self.news.wait_for(lambda: words in self.text, timeout=PATIENCE)
            assert shown, f"{words} was not shown in:\n{self.text[-3000:]}"
            self.text = self.text[self.text.index(words) + len(words) :]

    def type(self, keys):
        os.write(self.master, keys.encode())

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=PATIENCE)
        self.reader.join(timeout=PATIENCE)
        os.close(self.master)


@pytest.fixture
def watching(classroom):
    """Step 3's exercise with its solution on the desk, watched."""
    classroom.make("step-3", "start")
    classroom.make("solve")
    terminal = Terminal(classroom.path, "make", "watch")
    terminal.expect("Step 3 passed.")
    yield classroom, terminal
    terminal.close()


def save(classroom, text):
    (classroom.work / "chat" / "consumers.py").write_text(text)


def test_each_save_is_checked(watching):
    """A save that breaks is explained, the next that mends passes; nothing moves on by itself."""
    classroom, terminal = watching
    solution = (step(3).path / "chat" / "consumers.py").read_text()

    save(classroom, solution.replace("self.accept()", "pass"))
    terminal.expect("Checking…")
    terminal.expect("✗ The browser's connection is accepted.")
    terminal.expect("never accepted")
    save(classroom, solution)
    terminal.expect("Step 3 passed.")


BROKEN = [
    "while True: pass\n",
    "import os; os._exit(1)\n",
    "while True: print('x' * 10_000)\n",
    "def (\n",
    "import os\nfor handle in range(3, 100):\n    try: os.close(handle)\n    except OSError: pass\n",
    "raise SystemExit\n",
]


def test_what_breaks_one_run_does_not_reach_the_next(watching):
    """A loop, an exit, a flood, a syntax error, closed handles: each fails, and the solution then passes."""
    classroom, terminal = watching
    solution = (step(3).path / "chat" / "consumers.py").read_text()
    for code in BROKEN:
        save(classroom, code)
        terminal.expect("✗")
        save(classroom, solution)
        terminal.expect("Step 3 passed.")


def test_the_newest_save_wins(watching):
    """A save during a run ends that run: the loop's five seconds need not be waited for."""
    classroom, terminal = watching
    solution = (step(3).path / "chat" / "consumers.py").read_text()

    save(classroom, "while True: pass\n")
    terminal.expect("Checking…")
    save(classroom, solution)
    terminal.expect("Step 3 passed.")

    assert "longer than" not in terminal.text


def test_keys(watching):
    """h shows a hint for what fails, q ends the watch with exit code 0."""
    classroom, terminal = watching
    save(classroom, "")
    terminal.expect("h hint")
    terminal.expect("h hint")
    terminal.type("h")
    terminal.expect("hint 1 of 3")
    terminal.type("q")

    assert terminal.process.wait(timeout=PATIENCE) == 0


def test_another_step_may_be_begun_meanwhile(watching):
    """When another step is put on the desk, it is that which is checked."""
    classroom, terminal = watching
    classroom.make("step-2", "start")

    terminal.expect("2 · A page for each room")
    terminal.expect("✗ Each room has a page of its own")
