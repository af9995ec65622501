"""Figures of the load to the terminal, and to the files that the notes show."""

import os
import platform
import subprocess
from datetime import date
from importlib.metadata import version
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from bench.plot import plot
from workbook.layers import find_server
from workbook.steps import ROOT

FOLDER = ROOT / "notes" / "figures"
PACKAGES = ["django", "channels", "daphne", "uvicorn", "channels-redis", "redis"]


class Figure(NamedTuple):
    """One thing measured of one contestant, and how many times `against` it is."""

    what: str
    layer: str
    contestant: str
    value: float
    ratio: float | None = None
    against: str = ""


def show(figures):
    """A table in the terminal."""
    heads, rows = pivoted(figures)
    table = Table(*heads, title=machine())
    table.columns[0].min_width = 14  # so that no word is cut in two
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def write(figures, folder=FOLDER):
    """The table in Markdown, and the plot."""
    folder.mkdir(exist_ok=True)
    (folder / "load.md").write_text(markdown(figures), "utf-8")
    (folder / "load.svg").write_text(plot(figures, machine()), "utf-8")


def machine():
    """When, where and with what was measured."""
    store = subprocess.check_output([find_server(), "--version"], text=True).strip()
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{date.today()}; {platform.system()}, {os.cpu_count()} cores; "
        f"Python {platform.python_version()}, {packages}, {store}"
    )


def pivoted(figures):
    """A row for each thing measured on a layer, with the contestants side by side."""
    contestants = list(dict.fromkeys(figure.contestant for figure in figures))
    rows = {}
    for figure in figures:
        row = rows.setdefault((figure.what, figure.layer), dict.fromkeys(contestants, ""))
        row[figure.contestant] = cell(figure)
        row["against"] = figure.against or row.get("against", "")
    heads = ["what", "layer", *contestants, "× is to"]
    return heads, [[*what, *row.values()] for what, row in rows.items()]


def cell(figure):
    """The value, and its ratio if it has one: `1,230 · 1.71 ×`."""
    value = figure.value
    shown = f"{value:,}" if isinstance(value, int) else f"{float(f'{value:.3g}'):,g}"
    return shown if figure.ratio is None else f"{shown} · {figure.ratio:.2f}\N{NO-BREAK SPACE}×"


def markdown(figures):
    heads, rows = pivoted(figures)
    sides = ["---", "---", *["---:"] * (len(heads) - 3), "---"]  # numbers to the right
    table = "\n".join(f"| {' | '.join(row)} |" for row in [heads, sides, *rows])
    return f"""\
# Under load · تحت الحِمل

What `make bench` measured with real WebSocket clients against a real server. Medians of several turns; × is the median of the turns' ratios, and is what counts: machines differ, and are noisy.

<p dir="rtl" lang="ar">يبيّن الجدول ما قاسه <code>make bench</code> بعملاء WebSocket حقيقيين أمام خادم حقيقي: كل رقم وسيط عدة جولات، والعلامة × نسبته إلى ما يسمّيه العمود الأخير.</p>

{table}

{machine()}

![The ratios and the losses of this table, drawn](load.svg)
"""
