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
    '<span dir="ltr">`.venv`</span> كلمة.': "begins with Latin letters or code",
    "كلمة `.venv` كلمة.": "an end of .venv",
    "كلمة `accept()` كلمة.": "an end of accept()",
    "كلمة `404 Not Found` كلمة.": "an end of 404 Not Found",
    'كلمة `{"a": b}` كلمة.': 'an end of {"a": b}',
    'كلمة `{"a": "b"}` كلمة.': 'an end of {"a": "b"}',
    "كلمة <https://valkey.io/> كلمة.": "an end of https://valkey.io/",
}
RIGHT = [
    "كلمة، و`code`؛ وكلمة: 1.",
    "كلمة Django, كلمة.",
    "```sh\nmake ،\n```",
    "<!-- علي -->",
    'كلمة <span dir="ltr">`.venv`</span> كلمة.',
    'كلمة `/chat/`، و`"http"`، و`<b>`، و`127.0.0.1`، و`PORT=8001`، و`غرفة`.',
    "كلمة <https://valkey.io> كلمة.",
]


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
