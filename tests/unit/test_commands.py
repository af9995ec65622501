"""Commands of the notes lead to the part of the walkthrough that does the same."""

import re

import pytest

from workbook.notes import all_pages, page
from workbook.steps import step
from workbook.web import asgi  # noqa: F401  it makes addresses known
from workbook.web.commands import leads

ECHO_CONSUMER = step(3)
# What only a terminal does: the menu, suites and measurements, and what is put on the desk or back.
TERMINALS = {
    "make",
    "make bench",
    "make restore",
    "make solve",
    "make test",
    "make run HOST=0.0.0.0",
    "make step-3 run HOST=0.0.0.0",
    "make step-4 run HOST=0.0.0.0",
    "make step-4 run SERVERS=2",
    "make step-4 run SERVERS=2 LAYER=redis",
}


def commands(path):
    """The commands in a page's text, and the lines of its terminal listings."""
    for block in page(path).blocks:
        lines = block.source.splitlines() if block.info == "sh" else block.codes
        yield from (line for line in lines if re.match(r"make\b", line))


LEARNERS = [
    path for name, pages in all_pages().items() if name[0].isdigit() for path in pages.values()
]


@pytest.mark.parametrize("path", LEARNERS)
def test_every_command_of_a_note_has_its_part_or_is_a_terminals(path):
    """Neither is a command forgotten, nor does the list name one that a page could do."""
    found = set(commands(path))

    assert found
    assert {
        each for each in found if not leads(each, ECHO_CONSUMER, "en", "machine")
    } == found & TERMINALS


@pytest.mark.parametrize(
    ("command", "address"),
    [
        ("make run", "/ar/step-3/try/"),
        ("make run PORT=8001", "/ar/step-3/try/"),
        ("make step-2 run PORT=8002", "/ar/step-2/try/"),
        ("make step-4 start", "/ar/step-4/check/"),
        ("make check", "/ar/step-3/check/"),
        ("make watch", "/ar/step-3/check/"),
        ("make hint", "/ar/step-3/check/"),
        ("make step-4 diff", "/ar/step-4/changes/"),
        ("make diff", "/ar/step-3/changes/?of=desk"),
        ("make step-9 run", ""),
        ("make runs", ""),
        ("python -m pip list", ""),
    ],
)
def test_a_command_leads_to_its_part(command, address):
    """The step that it names or else the note's own, in the reader's language."""
    assert leads(command, ECHO_CONSUMER, "ar", "machine") == address


def test_a_command_without_a_step_leads_nowhere_from_a_page_on_none():
    assert leads("make run", None, "en", "machine") == ""
    assert leads("make step-4 run", None, "both", "machine") == "/both/step-4/try/"


@pytest.mark.parametrize("command", ["make run", "make step-4 start", "make check", "make diff"])
def test_over_the_network_no_command_leads_to_what_is_this_machines(command):
    assert leads(command, ECHO_CONSUMER, "en", "") == ""


def test_over_the_network_the_changes_of_a_step_are_there():
    assert leads("make step-4 diff", ECHO_CONSUMER, "en", "") == "/en/step-4/changes/"


@pytest.mark.parametrize(
    ("command", "address"),
    [("make check", "/en/step-3/check/"), ("make run", "/en/step-3/try/"), ("make diff", "")],
)
def test_in_a_tab_commands_lead_to_what_the_tab_does(command, address):
    """What is left to do on the desk is a page of this machine's server alone."""
    assert leads(command, ECHO_CONSUMER, "en", "tab") == address
