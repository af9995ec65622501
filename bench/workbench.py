"""How soon the workbench shows a key that was pressed, and what a save has come to."""

import tempfile
import time
from pathlib import Path

from tests.support.projects import Classroom
from tests.support.servers import Walkthrough
from tests.support.terminal import Terminal
from workbook.steps import all_steps

LINES = 1_000
KEYS = 60
SAVES = 5

# Notes for each key how long it took until the frame that shows it was drawn.
FRAMES = """
() => {
  window.frames_ = [];
  addEventListener("keydown", ({ timeStamp }) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => frames_.push(performance.now() - timeStamp);
      port2.postMessage("");
    });
  }, { capture: true });
}
"""

# Notes when a check's first line, its first result and its verdict are there.
STAGES = ["line", "result", "verdict"]
SHOWN = """
(wanted) => {
  const page = document.querySelector("section.check");
  const [status, results, verdict] = [".status", ".results", ".verdict"].map((name) => page.querySelector(name));
  window.shown = {};
  const note = (name) => (shown[name] ??= Date.now() / 1000);
  const once = (part, name) => {
    const seen = new MutationObserver(() => (seen.disconnect(), note(name)));
    seen.observe(part, { childList: true });
  };
  once(status, "line");
  once(results, "result");
  const whole = new MutationObserver(() => {
    if (!shown.result || !verdict.querySelector(wanted)) return;
    whole.disconnect();
    note("verdict");
  });
  whole.observe(verdict, { childList: true });
}
"""


def keys_to_frames(browser):
    """Milliseconds from a key to its frame, with a Python file of a thousand lines in the editor."""
    *_, last = all_steps()
    with tempfile.TemporaryDirectory() as folder:
        classroom = Classroom(Path(folder))
        classroom.make(last.name, "start")
        lines = [f"def number_{each}(): return '{each}', {each}\n" for each in range(LINES)]
        (classroom.work / "chat" / "consumers.py").write_text("".join(lines))
        page = browser.new_page()
        with Walkthrough(classroom.path) as walkthrough:
            page.goto(walkthrough.page(f"en/{last.name}/workbench/"))
            text = page.locator(".text .cm-content")
            text.get_by_text("number_0").first.wait_for()
            text.click()
            page.evaluate(FRAMES)
            for number in range(KEYS):
                page.keyboard.type("x")
                page.wait_for_function("(count) => frames_.length > count", arg=number)
            yield from page.evaluate("() => frames_")
        page.close()


def saves_to_results(browser):
    """Seconds from a save to each of the `STAGES`: under `make watch`, and on the page."""
    with tempfile.TemporaryDirectory() as folder:
        in_terminal, on_page = [solved(Path(folder, name)) for name in ["terminal", "page"]]
        terminal = Terminal(in_terminal.path, "make", "watch")
        page = browser.new_page()
        try:
            terminal.expect("q quit")
            with Walkthrough(on_page.path) as walkthrough:
                page.goto(walkthrough.page("en/step-5/workbench/"))
                page.get_by_label("on every save").check()
                page.locator(".verdict .passed").wait_for()
                for _ in range(SAVES):
                    yield watched(in_terminal, terminal), shown(on_page, page)
        finally:
            terminal.close()
            page.close()


def solved(folder):
    folder.mkdir()
    classroom = Classroom(folder)
    classroom.make("step-5", "start")
    classroom.make("solve")
    return classroom


def versions(classroom):
    """The solution's consumer, broken and whole, each as a way to save it."""
    file = classroom.work / "chat" / "consumers.py"
    whole = file.read_text()
    broken = whole.replace('event["msgGroup"]', 'event["message"]')
    return lambda: file.write_text(broken), lambda: file.write_text(whole)


def watched(classroom, terminal):
    spoil, mend = versions(classroom)
    seconds_until(["→ work/chat/consumers.py"], terminal, spoil)
    return seconds_until(["Checking…", "✓", "Step 5 passed."], terminal, mend)


def seconds_until(words, terminal, save):
    """How long each of the words takes to be shown, from the save on."""
    terminal.forget()
    saved = time.perf_counter()
    save()
    shown = []
    for each in words:
        terminal.expect(each)
        shown.append(time.perf_counter() - saved)
    return shown


def shown(classroom, page):
    spoil, mend = versions(classroom)
    seconds_on_page(".advice", page, spoil)
    return seconds_on_page(".passed", page, mend)


def seconds_on_page(verdict, page, save):
    page.evaluate(SHOWN, verdict)
    saved = time.time()
    save()
    page.wait_for_function("() => shown.verdict")
    return [page.evaluate(f"() => shown.{name}") - saved for name in STAGES]
