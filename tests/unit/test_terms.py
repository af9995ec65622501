import pytest

from tests.support.outworn import OUTWORN
from workbook.proofreading.terms import outworn, terms

RIGHT = [
    "الشرطة المائلة والشرطة السفلية وشرطتان مائلتان.",
    "الملف على سطح المكتب، وفي المكتبة غيره.",
    "هذه ملاحظة قصيرة.",
    "يسمّيه Notepad باسم آخر.",
    "لم يصل شيء بعد، ولا أحد يسمع بعد ذلك.",
    "يُهيَّأ Django قبل استيراد النماذج.",
    "مسار الغرفة في قائمة المسارات.",
    "المحرّك والمحرّر.",
    "وبدونها تجيب دالة العرض عن الطلب.",
    "تتوقف الرسالة في الطرفية.",
    "كتب الاسم `بدون` كما هو.",
    "السطر الأول لا يظهر بعد `HANDSHAKING`.",
]


@pytest.mark.parametrize("line", OUTWORN)
def test_an_expression_that_was_given_up_is_found_once(line):
    """It is found in its line, as it stands there without vowel signs."""
    [(number, words, _)] = outworn(f"سطر سليم.\n{line}\n")

    assert (number, words) == (2, OUTWORN[line])


@pytest.mark.parametrize("line", RIGHT)
def test_an_expression_that_only_looks_like_one_is_left_alone(line):
    """A longer term, another word with the same letters, and code are no findings."""
    assert list(outworn(line)) == []


def test_every_term_has_its_line():
    """No entry of the table is without an expression that it finds."""
    found = {term for line in OUTWORN for _, _, term in outworn(line)}

    assert found == set(terms())


def test_what_is_to_be_written_is_not_refused():
    """No decided word contains an expression that was given up."""
    for term in terms():
        assert list(outworn(term.write)) == [], term
