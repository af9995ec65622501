"""The frames that a page of Try offers to send."""

from workbook.exercise.frames import flaw_of
from workbook.web.practice.frames import FRAMES


def test_each_has_a_flaw_of_its_own_but_for_the_first():
    """One is a message; each other is refused for a reason that the notes tell."""
    texts = [each.before + each.text * each.times + each.after for each in FRAMES]
    flaws = [
        flaw_of(None if each.is_binary else text) for each, text in zip(FRAMES, texts, strict=True)
    ]

    assert flaws[0] == ""
    assert {"not-json", "no-object", "without-message", "too-deep", "no-text", "empty"} <= {*flaws}
    assert {"half-a-sign", "too-long"} <= {*flaws}
