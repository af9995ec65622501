import pytest

from workbook.notes import Page, minutes, parse, slug
from workbook.steps import all_steps

TEXT = """\
# The `title`

A [link](there.md) and `code`
on two lines.

| a | b |
|---|---|
| 1 | 2 |

```sh project
python -V
```

## Twice
<!-- helps: one_check another -->

## Twice
"""


@pytest.fixture(scope="module")
def page():
    return Page("x.md", list(parse(TEXT)))


def test_blocks_come_in_the_order_in_which_they_begin(page):
    """Each with its kind and line; a table's cells are blocks too, and stand in its rows."""
    assert [(block.kind, block.line) for block in page.blocks if block.source] == [
        *[("h1", 1), ("paragraph", 3)],
        *[("th", 6), ("th", 6), ("td", 8), ("td", 8)],
        *[("fence", 10), ("h2", 14), ("html_block", 15), ("h2", 17)],
    ]


def test_a_block_knows_what_is_in_it(page):
    """Its code, its links and, of a fence, the words behind the opening marks."""
    [paragraph] = [block for block in page.blocks if block.kind == "paragraph"]
    [fence] = [block for block in page.blocks if block.kind == "fence"]

    assert (paragraph.codes, paragraph.links) == (["code"], ["there.md"])
    assert (fence.info, fence.source) == ("sh project", "python -V\n")


def test_a_heading_that_comes_again_has_another_anchor(page):
    """And what it helps with is said right below it."""
    assert [(each.words, each.level, each.anchor, each.helps) for each in page.headings] == [
        ("The title", 1, "the-title", []),
        ("Twice", 2, "twice", ["one_check", "another"]),
        ("Twice", 2, "twice-1", []),
    ]


def test_a_heading_may_name_its_anchor():
    """So that a link leads to the same place in both languages."""
    arabic = Page("x.md", list(parse('### <a id="frame"></a>الإطار · frame\n')))

    assert [(each.words, each.anchor) for each in arabic.headings] == [("الإطار · frame", "frame")]


ANCHORS = {
    "What's new, in Django 6.1?": "whats-new-in-django-61",
    "snake_case and-hyphens": "snake_case-and-hyphens",
    "طبقة القنوات: مُقدِّمة": "طبقة-القنوات-مُقدِّمة",
    "A — B": "a--b",
}


@pytest.mark.parametrize("heading", ANCHORS)
def test_an_anchor_is_githubs(heading):
    """Letters, marks and digits of any script stay, spaces become hyphens, the rest goes."""
    assert slug(heading) == ANCHORS[heading]


def test_every_note_tells_how_long_a_class_needs():
    """The first page shows the minutes that the teacher's section plans."""
    assert all(45 <= minutes(step) <= 90 for step in all_steps())
