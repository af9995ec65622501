"""How long what happens takes to the screen: a check's first result, and a frame on the wire."""

import tempfile
from pathlib import Path

from tests.support.projects import Classroom
from tests.support.servers import Walkthrough
from workbook.steps import all_steps

# The command line as ever, but for an engine that writes down when it has the first result.
NOTING = """
import sys, time
from pathlib import Path
from workbook import cli
from workbook.exercise import checks

core = checks.Attempt.core

def noting(check):
    known = False
    for result in core(check):
        if result and not known:
            known = True
            Path("known").write_text(str(time.time()))
        yield result

if __name__ == "__main__":
    checks.Attempt.core = noting
    sys.exit(cli.main(sys.argv[1:]))
"""

# Clicks, and gives the time at which the first result is painted.
SHOWN = """
() => new Promise((resolve) => {
  const results = document.querySelector(".results");
  new MutationObserver((_, observer) => {
    if (!results.children.length) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(Date.now() / 1000)));
  }).observe(results, { childList: true });
  document.querySelector(".now").click();
})
"""


def first_results(browser, times=5):
    """Seconds from the engine to the screen, so many times; each check is the first of its page."""
    with tempfile.TemporaryDirectory() as folder:
        classroom = Classroom(Path(folder))
        classroom.make("step-3", "start")
        (classroom.path / "noting.py").write_text(NOTING)
        walkthrough = Walkthrough(classroom.path)
        walkthrough.command[1:3] = ["noting.py"]
        page = browser.new_page()
        with walkthrough:
            for _ in range(times):
                page.goto(walkthrough.page("en/step-3/check/"))
                shown = page.evaluate(SHOWN)
                yield shown - float((classroom.path / "known").read_text())
        page.close()


# Sends frames, one after the other, and gives the milliseconds until each is painted on the wire.
TRAVELLED = """
async ([address, times]) => {
  const list = document.querySelector(".records ol");
  const socket = new WebSocket(address);
  await new Promise((resolve) => socket.addEventListener("open", resolve));
  const painted = (words) => new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      if (!list.textContent.includes(words)) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
    }).observe(list, { childList: true });
  });
  const waits = [];
  for (let number = 0; number < times; number += 1) {
    const shown = painted(`frame ${number} of`);
    const sent = performance.now();
    socket.send(JSON.stringify({ message: `frame ${number} of ${times}` }));
    waits.push((await shown) - sent);
    await new Promise((resolve) => setTimeout(resolve, 100 + 97 * Math.random()));
  }
  socket.close();
  return waits;
}
"""


def frames_on_the_wire(browser, times=30):
    """Seconds from a frame's sending to its place on the wire's view, so many times."""
    *_, last = all_steps()
    with (
        tempfile.TemporaryDirectory() as folder,
        Walkthrough(Classroom(Path(folder)).path) as walkthrough,
    ):
        page = browser.new_page()
        page.goto(walkthrough.page(f"en/{last.name}/try/"))
        page.click("[data-word=snapshot]")
        page.wait_for_selector(".windows")
        server = page.get_attribute(".windows", "data-server").replace("http", "ws", 1)
        waits = page.evaluate(TRAVELLED, [f"{server}/ws/chat/lobby/", times])
        page.close()
    return [wait / 1000 for wait in waits]
