import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from rich.text import Text

from workbook import checks, desk, hints, report
from workbook.diff import is_left_over
from workbook.errors import WorkbookError
from workbook.keys import Keys
from workbook.mistakes import Verdict, judge
from workbook.progress import Progress
from workbook.records import CheckResult
from workbook.steps import Step, following

QUIET = 0.2  # seconds without a save before a check begins
GLANCE = 0.02  # seconds between two looks at the desk and at the keyboard

Stamp = frozenset[tuple[str, int, int]]


def watch(progress: Progress) -> int:
    """Checks the desk now and on every save, until `q` is pressed; `h` shows the next hint."""
    desk.current()
    checks.warm_up()
    with Keys() as keys, report.Screen() as screen:
        while True:
            screen.show([report.checking()], [])
            stamp = settled()
            step = desk.current()
            sheet = Sheet(step)
            try:
                with checks.Check(desk.DESK, step.path, partial(unchanged, stamp)) as check:
                    sheet.fill(check.core(), screen)
                    sheet.judge(progress)
                    screen.show(sheet.lines(), sheet.brief())
                    if check.passed:
                        sheet.fill(check.extras(), screen)
                        sheet.judge(progress)
            except checks.Unwanted:
                continue
            except WorkbookError as error:
                sheet.trouble = error
            screen.show(sheet.lines(), sheet.brief())
            while unchanged(stamp):
                key = keys.pressed()
                if key == "q":
                    return 0
                if key == "h" and sheet.hint(progress):
                    screen.show(sheet.lines(), sheet.brief())
                time.sleep(GLANCE)


class Sheet:
    """One check of the desk, as far as it has come."""

    def __init__(self, step: Step) -> None:
        self.step = step
        self.results: list[CheckResult] = []
        self.verdict: Verdict | None = None
        self.trouble: WorkbookError | None = None
        self.hints: list[Text] = []

    def fill(self, results: Iterator[CheckResult], screen: report.Screen) -> None:
        for result in results:
            self.results.append(result)
            screen.show(self.lines(), self.brief())

    def judge(self, progress: Progress) -> None:
        self.verdict = judge(self.results, desk.DESK, self.step)
        if self.verdict.passed:
            progress.passed(self.step)

    def hint(self, progress: Progress) -> bool:
        """Adds the next hint; False if there is nothing to hint at."""
        check = hints.needed(self.results, self.step)
        if not self.verdict or not check:
            return False
        try:
            hint = hints.next_hint(self.step, check.name, progress)
            self.hints = report.hint(hint, self.step)
        except WorkbookError as error:
            self.hints = report.trouble(error)
        return True

    def lines(self) -> list[Text]:
        """The sheet in full: this step's checks, and what failed of the steps before."""
        suites = ("project", f"test_{self.step.slug}")
        return self.drawn(
            [each for each in self.results if each.suite in suites or each.outcome == "failed"]
        )

    def brief(self) -> list[Text]:
        """The sheet for a low screen: of the checks, only the one to mend first."""
        return self.drawn([self.blamed] if self.blamed else [])

    @property
    def blamed(self) -> CheckResult | None:
        return next((each for each in self.results if each.outcome == "failed"), None)

    def drawn(self, shown: list[CheckResult]) -> list[Text]:
        others = [each for each in self.results if each.outcome == "passed" and each not in shown]
        lines = [*report.title(self.step), *report.counted(others)]
        for result in shown:
            lines += report.checked(result, self.blamed)
        if self.trouble:
            lines += report.trouble(self.trouble)
        elif self.verdict:
            lines += report.judged(self.verdict, self.step, following(self.step), traceback=False)
        else:
            lines.append(report.checking())
        return [*lines, *self.hints, *report.keys()]


def unchanged(stamp: Stamp) -> bool:
    return stamp_of(desk.DESK) == stamp


def stamp_of(folder: Path) -> Stamp:
    """What tells one state of the folder's files from another: paths, sizes, times of change."""
    found = set()
    with suppress(OSError):  # something went while we looked; the next look sees that
        for path in folder.rglob("*"):
            if not is_left_over(path.relative_to(folder)) and path.is_file():
                about = path.stat()
                found.add((str(path), about.st_size, about.st_mtime_ns))
    return frozenset(found)


def settled() -> Stamp:
    """Waits until nothing on the desk has changed for a while; what lies there then."""
    stamp, since = stamp_of(desk.DESK), time.monotonic()
    while time.monotonic() < since + QUIET:
        time.sleep(GLANCE)
        if not unchanged(stamp):
            stamp, since = stamp_of(desk.DESK), time.monotonic()
    return stamp
