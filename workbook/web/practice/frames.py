"""Frames that a page would not send, to be sent by hand: those of note 3's table."""

from typing import NamedTuple

from workbook.exercise.frames import LIMIT
from workbook.languages import Bilingual


class Frame(NamedTuple):
    """`text` stands `times` times between `before` and `after`; bytes go out as a binary frame."""

    says: Bilingual
    text: str
    times: int = 1
    before: str = ""
    after: str = ""
    is_binary: bool = False


FRAMES = [
    Frame(Bilingual("a message", "رسالة"), '{"message": "hello"}'),
    Frame(Bilingual("not JSON", "ليس بصيغة JSON"), "hello"),
    Frame(Bilingual("JSON, but no object", "بصيغة JSON وليس كائنًا"), "[]"),
    Frame(Bilingual("an object without a message", "كائن بلا رسالة"), "{}"),
    Frame(Bilingual("100000 opening brackets", "أقواس فتح عددها 100000"), "[", 100_000),
    Frame(
        Bilingual("bytes instead of text", "بايتات بدلًا من النص"),
        '{"message": "hello"}',
        is_binary=True,
    ),
    Frame(Bilingual("the message is null", "الرسالة null"), '{"message": null}'),
    Frame(Bilingual("the message is NaN", "الرسالة NaN"), '{"message": NaN}'),
    Frame(Bilingual("the message is a space", "الرسالة مسافة"), '{"message": " "}'),
    Frame(
        Bilingual("the message is half a character", "الرسالة نصف حرف"), '{"message": "\\ud800"}'
    ),
    Frame(
        Bilingual(f"the message has {LIMIT + 1} characters", f"طول الرسالة {LIMIT + 1} حرف"),
        "x",
        LIMIT + 1,
        '{"message": "',
        '"}',
    ),
]
