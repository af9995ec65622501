"""The figures of the load, drawn: an SVG that stands alone."""

from textwrap import wrap
from xml.etree import ElementTree

import pygal
from pygal.style import Style

SVG = "{http://www.w3.org/2000/svg}"
WIDTH, CHART, CAPTION = 800, 360, 60
TEXT = 13
COLOURS = "#1098ad", "#f76707"  # to be told apart on white and on black, by the colour-blind too
STYLE = Style(
    font_family="sans-serif",
    background="transparent",
    plot_background="transparent",
    colors=COLOURS,
    opacity="1",
    title_font_size=17,
    legend_font_size=TEXT,
    label_font_size=TEXT,
    major_label_font_size=TEXT,
    value_font_size=TEXT,
    value_label_font_size=TEXT,
)
PAPER = """
.paper { fill: #fff }
text { fill: #1f2328 !important; font-family: sans-serif }
.axis .line, .axis .guide.line { stroke: #8b949e !important }
.text-overlay text.value { stroke: #fff !important; stroke-width: 4px; paint-order: stroke }
.caption { font-size: 12px }
@media (prefers-color-scheme: dark) {
  .paper { fill: #0d1117 }
  text { fill: #e6edf3 !important }
  .text-overlay text.value { stroke: #0d1117 !important }
}
"""


def plot(figures, caption):
    """Both charts in one SVG, light or dark as the reader's browser is; it asks for nothing."""
    ElementTree.register_namespace("", SVG.strip("{}"))
    size = {"width": str(WIDTH), "height": str(2 * CHART + CAPTION)}
    svg = ElementTree.Element(f"{SVG}svg", {"viewBox": "0 0 {width} {height}".format(**size)})
    add(svg, "title", "The chat under load")
    add(svg, "style", PAPER)
    add(svg, "rect", **{"class": "paper"}, **size)
    for number, chart in enumerate([speedup_chart(figures), loss_chart(figures)]):
        svg.append(drawn(chart, number * CHART))
    for number, line in enumerate(wrap(caption, 110)):
        y = str(2 * CHART + 20 + 18 * number)
        add(svg, "text", line, **{"class": "caption"}, x="20", y=y)
    return ElementTree.tostring(svg, "unicode") + "\n"


def add(parent, tag, text=None, **attributes):
    ElementTree.SubElement(parent, SVG + tag, attributes).text = text


def speedup_chart(figures):
    """What step 5 does a second, as a multiple of what step 4 does."""
    chart = bars("Step 5 (async) in multiples of step 4 (sync), on Daphne", "{:.2f} ×".format)
    rates = {
        (figure.layer, figure.what.en): figure.ratio
        for figure in figures
        if figure.contestant == "step 5, Daphne" and "/s" in figure.what.en
    }
    chart.y_labels = [half / 2 for half in range(int(2 * max(rates.values())) + 2)]
    return filled(chart, rates)


def loss_chart(figures):
    """What a class's burst loses with the capacity of the steps and with the default."""
    chart = bars("Deliveries lost of a class's burst, by the capacity of the layer", "{:,}".format)
    lost = {}
    for figure in figures:
        if "lost of" in figure.what.en and "Daphne" in figure.contestant:
            capacity = (
                "100, the default" if "capacity 100" in figure.what.en else "10,000, the steps'"
            )
            lost[capacity, f"{figure.contestant.partition(',')[0]}, {figure.layer}"] = figure.value
    return filled(chart, lost)


def bars(title, formatter):
    return pygal.HorizontalBar(
        title=title,
        formatter=formatter,
        value_formatter="{:,g}".format,
        max_scale=6,
        style=STYLE,
        width=WIDTH,
        height=CHART,
        js=[],
        no_prefix=True,
        print_values=True,
        legend_at_bottom=True,
        range_from_zero=True,
    )


def filled(chart, values):
    """The chart with its values, by series and label; the first label on top."""
    labels = list(dict.fromkeys(label for _, label in values))[::-1]
    chart.x_labels = labels
    for series in dict.fromkeys(series for series, _ in values):
        chart.add(series, [values.get((series, label)) for label in labels])
    return chart


def drawn(chart, y):
    """The chart as an element; pygal would give it a script, and links to its own home page."""
    svg = ElementTree.fromstring(chart.render())  # without the comments
    for parent in svg.findall(f".//{SVG}script/.."):
        parent.remove(parent.find(f"{SVG}script"))
    svg.attrib.update(y=str(y), width=str(WIDTH), height=str(CHART))
    del svg.attrib["id"]  # another one every time
    return svg
