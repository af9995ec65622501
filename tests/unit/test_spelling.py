import pytest

from workbook.notes import Page, parse
from workbook.proofreading.spelling import misspelt

FAULTS = {
    "كلمة\u200f عربية.": "an invisible direction mark",
    "ﻛﻠﻤﺔ عربية.": "a presentation form",
    "کلمة عربية.": "a Persian letter",
    "كلمة ١.": "an Eastern digit",
    "كلمة, وكلمة.": "a Latin mark after an Arabic word",
    "كلمة ، وكلمة.": "a space before a mark",
    "كلمة علي كلمة.": "ي at the end of على, إلى or حتى",
    "Django كلمة.": "begins with Latin letters or code",
    "`/` كلمة.": "begins with Latin letters or code",
}
RIGHT = ["كلمة، و`code`؛ وكلمة: 1.", "كلمة Django, كلمة.", "```sh\nmake ،\n```", "<!-- علي -->"]


def found(text):
    return list(misspelt(Page("x.md", list(parse(f"# عنوان\n\n{text}\n")))))


@pytest.mark.parametrize("text", FAULTS)
def test_what_an_arabic_page_avoids_is_found(text):
    """Each fault once, in its line."""
    [finding] = found(text)

    assert finding.line == 3 and FAULTS[text] in finding.fact.en


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_left_alone(text):
    """A Latin mark belongs to a Latin word; listings and comments are not read as Arabic."""
    assert found(text) == []
