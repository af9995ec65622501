import pytest

from workbook.notes import Page, parse
from workbook.proofreading.parity import compare, differences, stale, stamped

ENGLISH = "# Title\n\nWords with `code`.\n\n## One\n\nFirst.\n\n## Two\n\nSecond.\n"
ARABIC = "# عنوان\n\nكلام فيه `code`.\n\n## أولًا\n\nالأول.\n\n## ثانيًا\n\nالثاني.\n"


def page(text):
    return Page("x.md", list(parse(text)))


def facts(findings):
    return [(finding.line, finding.fact.en) for finding in findings]


def test_the_arabic_page_has_parts_of_its_own():
    """The summary, the stamp and the wrapper for the direction are not missed in the English."""
    arabic = f'<div dir="rtl">\n\n{ARABIC}\n</div>\n\n## الخلاصة بالمصري\n\nكلام.\n'

    assert facts(compare(page(ENGLISH), page(stamped(page(ENGLISH), arabic)))) == []


def test_where_the_blocks_part_the_comparison_ends():
    """The first block of another kind is named with its twin, and nothing behind it."""
    arabic = ARABIC.replace("## أولًا", "أولًا").replace("`code`", "`other`")

    assert facts(compare(page(ENGLISH), page(arabic))) == [
        (3, "The code code is missing."),
        (3, "The code other is not in the English."),
        (5, "Here is a paragraph (line 5); in English it is a heading of level 2 (line 5)."),
    ]
    assert facts(compare(page(ENGLISH), page("# عنوان\n"))) == [
        (1, "Here is the end; in English it is a paragraph (line 3).")
    ]


TWINS = {  # a block, its twin, and what is said of the two
    "a comment": ("```sh\nmake  # do it\n```", "```sh\nmake  # افعلها\n```", []),
    "a drawing's words": ('```mermaid\nA["one"]\n```', '```mermaid\nA["واحد"]\n```', []),
    "a listing": ("```py\na = 1\n```", "```py\na = 2\n```", ["The listing is another one."]),
    "its language": ("```sh\na\n```", "```text\na\n```", ["The listing is another one."]),
    "a tag": ("<p>\nx\n</p>", "<p>\nx\n</div>", ["The HTML is another one."]),
    "a direction": ("<p>", '<p dir="rtl">', []),
    "a page's language": ("[a](/en/x.md) [b](README.md)", "[a](/ar/x.md) [b](README.ar.md)", []),
    "code": ("`a` `a` `b`", "`a` `b`", ["The code a is missing."]),
    "a link": ("word", "[word](x.md)", ["The link x.md is not in the English."]),
}  # fmt: skip


@pytest.mark.parametrize("kind", TWINS)
def test_what_a_block_and_its_twin_may_differ_in(kind):
    """Words may, also those of a comment or a drawing; code, links and tags may not."""
    english, arabic, said = TWINS[kind]
    [ours], [theirs] = (
        [block for block in parse(text) if block.source] for text in (english, arabic)
    )

    assert [fact.en for fact in differences(ours, theirs)] == said


def test_a_section_is_stale_when_its_english_was_changed():
    """The stamp names the English that was translated; listings are compared anyway."""
    arabic = page(stamped(page(ENGLISH), ARABIC))

    assert facts(stale(page(ENGLISH), arabic)) == []
    assert facts(stale(page(f"{ENGLISH}\n```sh\nnew\n```\n"), arabic)) == []
    assert facts(stale(page(ENGLISH.replace("First", "Other")), arabic)) == [
        (5, "The English of this section was changed.")
    ]
    assert facts(stale(page(ENGLISH), page(ARABIC))) == [
        (1, "The page does not say which English it translates.")
    ]
