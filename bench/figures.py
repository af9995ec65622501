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
from workbook.languages import LANGUAGES, Bilingual, bilingual
from workbook.layers import find_server
from workbook.notes import NOTES, Page, parse
from workbook.proofreading.parity import stamped

PACKAGES = ["django", "channels", "daphne", "uvicorn", "channels-redis", "redis"]
WORDS = {
    "what": "القياس",
    "layer": "الطبقة",
    "in memory": "في الذاكرة",
    "on Redis": "على Redis",
    "step 4, Daphne": "الخطوة 4 مع Daphne",
    "step 5, Daphne": "الخطوة 5 مع Daphne",
    "step 5, uvicorn": "الخطوة 5 مع uvicorn",
    "× relative to": "العلامة × نسبة إلى",
    "step 4": "الخطوة 4",
    "alone": "الغرفة بلا أعضاء باقين",
}
TEXT = Bilingual(
    """\
# Under load

This is what `make bench` measured with real WebSocket clients against a real server. Each figure is the median of several runs; × follows the median of the runs' ratios, and that is the figure that counts: machines differ, and are noisy. It measures servers on a machine, not in a browser's tab.

{table}

{machine}

![The ratios and the losses of this table, drawn](../figures/load.svg)
""",
    """\
# تحت الحِمل

هذا ما قاسه الأمر `make bench` بعملاء WebSocket حقيقيين أمام خادم حقيقي. كل رقم هو القيمة الوسطى (median) لعدة جولات، والعلامة × تسبقها القيمة الوسطى لنسب هذه الجولات، وهي الأهم: فالأجهزة تختلف، وقياساتها تتقلّب. وهو يقيس خوادم على جهاز، لا في علامة تبويب المتصفح.

<div dir="rtl">

{table}

</div>

التاريخ والجهاز والإصدارات: <span dir="ltr">{machine}</span>

![رسم النسب والخسائر التي في هذا الجدول](../figures/load.svg)
""",
)


class Figure(NamedTuple):
    """One thing measured of one contestant, and how many times `against` it is."""

    what: Bilingual
    layer: str
    contestant: str
    value: float
    ratio: float | None = None
    against: str = ""


def show(figures):
    """A table in the terminal."""
    heads, rows = pivoted(figures, "en")
    table = Table(*heads, title=machine())
    table.columns[0].min_width = 14  # so that no word is cut in two
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def write(figures, folder=NOTES):
    """The table as a page of the notes in each language, and the plot."""
    for name in [*LANGUAGES, "figures"]:
        (folder / name).mkdir(parents=True, exist_ok=True)
    english = TEXT.en.format(table=table(figures, "en"), machine=machine())
    arabic = TEXT.ar.format(table=table(figures, "ar"), machine=machine())
    (folder / "en" / "load.md").write_text(english, "utf-8")
    translated = stamped(Page("load.md", list(parse(english))), arabic)
    (folder / "ar" / "load.md").write_text(translated, "utf-8")
    (folder / "figures" / "load.svg").write_text(plot(figures, machine()), "utf-8")


def machine():
    """When, where and with what was measured."""
    store = subprocess.check_output([find_server(), "--version"], text=True).strip()
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{date.today()}; {platform.system()}, {os.cpu_count()} cores; "
        f"Python {platform.python_version()}, {packages}, {store}"
    )


def table(figures, language):
    """The figures in Markdown, numbers to the right."""
    heads, rows = pivoted(figures, language)
    sides = ["---", "---", *["---:"] * (len(heads) - 3), "---"]
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, sides, *rows])


def pivoted(figures, language):
    """A row for each thing measured on a layer, with the contestants side by side."""
    contestants = list(dict.fromkeys(figure.contestant for figure in figures))
    rows = {}
    for figure in figures:
        row = rows.setdefault((figure.what, figure.layer), dict.fromkeys(contestants, ""))
        row[figure.contestant] = cell(figure)
        row["against"] = figure.against or row.get("against", "")
    heads = ["what", "layer", *contestants, "× relative to"]
    table = [heads, *([*what, *row.values()] for what, row in rows.items())]
    heads, *rows = [[spoken(cell)[language] for cell in row] for row in table]
    return heads, rows


def spoken(cell):
    """A cell in both languages: a text that is, a word of the table's, or a number."""
    return Bilingual(cell, WORDS[cell]) if cell in WORDS else bilingual(cell)


def cell(figure):
    """The value, and its ratio if it has one: `1,230 · 1.71 ×`."""
    value = figure.value
    shown = f"{value:,}" if isinstance(value, int) else f"{float(f'{value:.3g}'):,g}"
    return shown if figure.ratio is None else f"{shown} · {figure.ratio:.2f}\N{NO-BREAK SPACE}×"
