"""The load benchmark counts rightly, and shows what it measured."""

import re
from xml.etree import ElementTree

import pytest

from bench.clients import burst, idleness, lifetime
from bench.figures import Figure, write
from tests.support.projects import edited, snapshot
from tests.support.servers import daphne
from workbook.exercise.mistakes import Edit
from workbook.languages import Bilingual
from workbook.notes import Page, parse
from workbook.proofreading.parity import compare, stale
from workbook.steps import step

ASYNC = step(5)
TRIPS = Bilingual("round trips/s, 1 client", "رحلات ذهاب وإياب في الثانية، عميل واحد")
LOST = Bilingual("a class's burst: lost of 45,000", "دفعة رسائل من صف: ما ضاع من 45000")
MORE = Bilingual("capacity 100: lost of 45,000", "السعة 100: ما ضاع من 45000")
FIGURES = [
    Figure(TRIPS, "in memory", "step 4, Daphne", 1234.5),
    Figure(TRIPS, "in memory", "step 5, Daphne", 2345.6, 1.9, "step 4"),
    Figure(LOST, "in memory", "step 5, Daphne", 0),
    Figure(MORE, "in memory", "step 5, Daphne", 40_404),
]


async def test_every_delivery_of_a_burst_is_counted(tmp_path):
    """Of 3 clients who send 4 messages each, all hear all; and of 5 idle ones each is reached."""
    with daphne(snapshot(ASYNC, tmp_path / "project")) as server:
        everyone = await burst(server.port, 3, 4)
        assert (everyone.expected, everyone.delivered, everyone.lost) == (36, 36, 0)
        speech = await burst(server.port, 3, 4, senders=1)
        assert (speech.expected, speech.delivered) == (12, 12)
        assert (await idleness(server.port, 5, lambda: 0)).reached == 5


async def test_a_loss_is_noticed(tmp_path):
    """Where one of each client's messages reaches nobody, that many deliveries are lost."""
    heard = '        message = event["msgGroup"]\n'
    lost = '        if "2 from" in message:\n            return\n'
    edit = Edit("chat/consumers.py", heard, heard + lost)
    broken = edited(snapshot(ASYNC, tmp_path / "project"), [edit])
    with daphne(broken) as server:
        some = await burst(server.port, 3, 4)
        assert (some.expected, some.lost) == (36, 9)


async def test_a_socket_that_the_server_closes_is_noticed(tmp_path):
    """A lifetime ends when the server closes the socket, not when the watch is over."""
    accepted = "        await self.accept()\n"
    edit = Edit("chat/consumers.py", accepted, accepted + "        await self.close()\n")
    closing = edited(snapshot(ASYNC, tmp_path / "project"), [edit])
    with daphne(closing) as server:
        assert await lifetime(server.port, 60) < 60


@pytest.fixture
def written(some_redis, tmp_path):
    """The folder in which the figures were written."""
    write(FIGURES, tmp_path / "notes")
    return tmp_path / "notes"


def test_the_table_has_every_figure(written):
    """A row for each thing measured, contestants side by side, and the machine below."""
    table = (written / "en" / "load.md").read_text("utf-8")
    assert (
        "| round trips/s, 1 client | in memory | 1,230 | 2,350 · 1.90\N{NO-BREAK SPACE}× | step 4 |"
        in table
    )
    assert "| a class's burst: lost of 45,000 | in memory |  | 0 |  |" in table
    assert "40,404" in table
    assert re.search(r"\d{4}-\d\d-\d\d; \w+, \d+ cores; Python 3\.\d+.*channels 4", table)


def test_the_table_is_there_in_arabic(written):
    """Its words are Arabic, its figures the same, and it is noted which English it translates."""
    english, arabic = (
        Page(name, list(parse((written / name / "load.md").read_text("utf-8"))))
        for name in ("en", "ar")
    )
    [row] = [block for block in arabic.blocks if block.source.startswith("رحلات")]

    assert row.source == TRIPS.ar
    assert [*compare(english, arabic), *stale(english, arabic)] == []


def test_the_plot_stands_alone(written):
    """The plot is well-formed, shows the figures, runs no script and asks no other host for anything."""
    text = (written / "figures" / "load.svg").read_text("utf-8")
    plot = ElementTree.fromstring(text)
    shown = " ".join(plot.itertext())
    assert "1.90 ×" in shown
    assert "40,404" in shown
    assert "channels 4" in shown
    assert "<script" not in text
    assert "href" not in text
    assert set(re.findall(r"https?:[^\s\"']*", text)) == {"http://www.w3.org/2000/svg"}


def test_the_plot_can_be_read(written):
    """Text is 12 pixels high or more, at the plot's own width of 800."""
    text = (written / "figures" / "load.svg").read_text("utf-8")
    plot = ElementTree.fromstring(text)
    assert plot.get("viewBox").split()[2] == "800"
    assert min(map(int, re.findall(r"font-size: ?(\d+)px", text))) >= 12
