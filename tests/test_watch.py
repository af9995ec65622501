"""`make watch` in a terminal: it checks on every save and survives whatever is saved."""

import pytest

from tests.support.servers import eventually
from tests.support.terminal import PATIENCE, Terminal
from workbook.steps import step


@pytest.fixture
def watching(classroom):
    """Step 3's exercise with its solution on the desk, watched."""
    classroom.solve(step(3))
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
    """A save during a run ends that run: the time limit of the loop need not be waited for."""
    classroom, terminal = watching
    solution = (step(3).path / "chat" / "consumers.py").read_text()

    begun = classroom.path / "begun"
    save(classroom, "open('../begun', 'w').close()\nwhile True: pass\n")
    terminal.expect("Checking…")
    begun.unlink(missing_ok=True)  # an extra of the check before may have read it too
    eventually(begun.exists)
    save(classroom, solution)

    assert "✗" not in terminal.expect("Step 3 passed.")


def test_keys(watching):
    """h shows a hint for what fails, q ends the watch with exit code 0."""
    classroom, terminal = watching
    save(classroom, "")
    terminal.expect("✗")
    terminal.expect("h hint")
    terminal.type("h")
    terminal.expect("Hint 1 of 3")
    terminal.type("q")

    assert terminal.process.wait(timeout=PATIENCE) == 0


def test_the_key_for_a_hint_is_named_where_there_is_one(watching):
    """When nothing is to be mended, the line of the keys offers no hint."""
    _, terminal = watching

    assert "h hint" not in terminal.expect("q quit")


def test_a_long_hint_is_whole_on_a_low_screen(classroom):
    """A hint that does not fit below the sheet takes its place."""
    classroom.make("step-5", "start")
    terminal = Terminal(classroom.path, "make", "watch", lines=12)
    terminal.expect("h hint")
    for number in (1, 2, 3):
        terminal.type("h")
        terminal.expect(f"Hint {number} of 3")
        terminal.expect("q quit")
    terminal.close()


def test_another_step_may_be_begun_meanwhile(watching):
    """When another step is put on the desk, it is that which is checked."""
    classroom, terminal = watching
    classroom.make("step-2", "start")

    terminal.expect("2 · A page for each room")
    terminal.expect("✗ Each room has a page of its own")


def test_a_low_screen_keeps_what_matters(classroom):
    """Where the sheet does not fit, the explanation is still shown, and the other checks are counted."""
    classroom.make("step-3", "start")
    terminal = Terminal(classroom.path, "make", "watch", lines=14)
    terminal.expect("9 more checks pass")
    terminal.expect("✗ The browser's connection is accepted.")
    terminal.expect("→ work/mysite/asgi.py")
    shown = terminal.text
    terminal.close()

    assert "What you send comes back" not in shown
