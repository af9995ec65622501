import pytest

from workbook.notes import Page, parse
from workbook.web import search

ALIKE = [
    ("Group", "group"),
    ("café", "cafe"),
    ("المجموعة", "المَجـمُوعَه"),
    ("أإآٱ", "اااا"),
    ("مستوى", "مستوي"),
    ("ﷲ", "الله"),
]


@pytest.mark.parametrize(("written", "looked_for"), ALIKE)
def test_a_word_is_found_however_it_is_spelt(written, looked_for):
    """Capitals, marks, the long line and letters that are written for one another fold away."""
    assert search.fold(written) == search.fold(looked_for)


def snippet(word, text, code=""):
    return list(search.snippet(search.Passage("", "", "", "", "en", text, code), [word]))


def test_a_snippet_marks_what_was_looked_for():
    """The pieces make the text again, and each word found is a piece, as it is written there."""
    pieces = snippet("group", "The Group and the groups.")

    assert "".join(text for text, _ in pieces) == "The Group and the groups."
    assert [text for text, found in pieces if found] == ["Group", "group"]


def test_a_snippet_of_a_long_text_is_cut_between_words():
    """Some seventy letters stand on each side of the first word found, and the cuts are shown."""
    pieces = snippet("found", f"{'earlier ' * 30}found{' behind' * 30}")
    shown = "".join(text for text, _ in pieces)

    assert shown.startswith("… earlier ") and shown.endswith(" behind …")
    assert 2 * search.AROUND < len(shown) < 3 * search.AROUND


def test_a_snippet_is_of_the_code_where_only_that_has_the_word():
    assert ("await", True) in snippet("await", "no such word", code="await send()")


PAGES = {
    "sections": "# A `page`\n\n<!-- helps: a_check -->\nWords of [a link](x.md).\n\n"
    "## Code\n\n```python\ngroup = 1\n```\n\n```mermaid\nA->>B: drawn\n```\n",
}


@pytest.fixture(autouse=True)
def pages(monkeypatch):
    monkeypatch.setattr(search, "page", lambda path: Page(path, list(parse(PAGES[path]))))


def test_a_passage_is_what_stands_under_a_heading():
    """Its text is what a reader reads, its code that of the listings; a drawing is neither."""
    first, second = search.of_page("sections", "en", 0)

    assert (first.heading, first.text, first.code) == ("A page", "Words of a link.", "")
    assert (second.title, second.anchor, second.code) == ("A page", "code", "group = 1")
