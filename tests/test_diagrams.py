"""The drawings of the notes' diagrams."""

import re

import pytest

from tools.diagrams import sources
from workbook.web.listings import DIAGRAMS, drawing

DRAWINGS = sorted(DIAGRAMS.glob("*.svg"))


def test_every_diagram_has_its_drawing_and_none_is_left_over():
    """`python -m tools.diagrams` has been run since a diagram was last changed."""
    assert sorted({drawing(source) for source in sources()}) == DRAWINGS


@pytest.mark.parametrize("file", DRAWINGS, ids=lambda file: file.stem)
def test_a_drawing_stands_in_a_page_without_style_or_script_of_its_own(file):
    """The page's policy allows none, and its colours and letters are the page's."""
    assert not re.search(r"<style|<script|\bstyle=|\bon\w+=|<image|href", file.read_text("utf-8"))
