import time
from functools import partial

from rich.text import Text

from workbook import report
from workbook.errors import WorkbookError
from workbook.exercise import checks, desk, hints
from workbook.exercise.edits import GLANCE, settled, unchanged
from workbook.exercise.mistakes import Verdict
from workbook.exercise.progress import Progress
from workbook.exercise.sheet import attempt, is_own
from workbook.keys import Keys
from workbook.records import CheckResult
from workbook.steps import Step, following


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
                for news in attempt(step, partial(unchanged, stamp)):
                    sheet.take(news, progress)
                    screen.show(sheet.lines(), sheet.brief())
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

    def take(self, news: CheckResult | Verdict, progress: Progress) -> None:
        if isinstance(news, CheckResult):
            self.results.append(news)
        else:
            self.verdict = news
            if news.passed:
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
        return self.drawn(
            [each for each in self.results if is_own(each, self.step) or each.outcome == "failed"]
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
