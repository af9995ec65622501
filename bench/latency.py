"""How long the first result of a check takes from the engine to the screen."""

import tempfile
from pathlib import Path

from tests.support.projects import Classroom
from tests.support.servers import Walkthrough

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
