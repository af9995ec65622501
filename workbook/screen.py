"""A sheet that is drawn over and over in its place in the terminal."""

from collections.abc import Callable

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from workbook import report


class Screen:
    """What was last on it stays behind when it ends."""

    def __enter__(self) -> "Screen":
        self.last: list[Text] = []
        self.wrapping = Console(highlight=False)
        is_terminal = report.console.is_terminal
        self.live = Live(console=self.wrapping, screen=is_terminal, auto_refresh=False)
        self.live.start()
        return self

    def show(self, drawn: Callable[[bool], list[Text]]) -> None:
        """Shows what is drawn in full or, where that does not fit, in brief."""
        self.last = drawn(False)
        sheet = Group(*map(report.hanging, self.last))
        if len(self.wrapping.render_lines(sheet)) > self.wrapping.height:
            sheet = Group(*map(report.hanging, drawn(True)))
        self.live.update(sheet, refresh=True)

    def __exit__(self, *_: object) -> None:
        self.live.stop()
        if report.console.is_terminal:
            report.show(self.last)
