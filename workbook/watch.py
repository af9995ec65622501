"""Checks the exercise on every save, in the terminal."""

import time
from functools import partial

from rich.text import Text

from workbook import report
from workbook.errors import WorkbookError
from workbook.exercise import checks, desk, hints, processes
from workbook.exercise.edits import GLANCE, Stamp, settled, unchanged
from workbook.exercise.sheet import Sheet, attempt
from workbook.keys import Keys
from workbook.screen import Screen


def watch() -> int:
    """Checks the desk now and on every save, until `q` is pressed; `h` shows the next hint."""
    desk.current()
    processes.warm_up()
    with Keys() as keys, Screen() as screen:
        while True:
            screen.show(lambda brief: report.checking())
            stamp = settled()
            sheet = check(screen, stamp)
            while unchanged(stamp):
                key = keys.pressed()
                if key == "q":
                    return 0
                if key == "h" and sheet:
                    screen.show(partial(drawn, sheet, hint(sheet)))
                time.sleep(GLANCE)


def check(screen: Screen, stamp: Stamp) -> Sheet | None:
    """Draws a check as it comes; its last sheet, unless a save or an error has cut it off."""
    step = desk.current()
    sheet = None
    try:
        for sheet in attempt(step, partial(unchanged, stamp)):
            screen.show(partial(drawn, sheet, []))
        return sheet
    except checks.Unwanted:
        return None
    except WorkbookError as error:
        lines = [*report.title(step), *report.trouble(error), *report.keys(with_hint=False)]
        screen.show(lambda brief: lines)
        return None


def hint(sheet: Sheet) -> list[Text]:
    try:
        return report.hint(hints.next_hint(sheet))
    except WorkbookError as error:
        return report.trouble(error)


def drawn(sheet: Sheet, below: list[Text], brief: bool) -> list[Text]:
    """The sheet and what was asked for below it; where both do not fit, what was asked for."""
    above = report.title(sheet.step) if brief and below else report.sheet(sheet, brief)
    return [*above, *below, *report.keys(with_hint=sheet.hintable is not None)]
