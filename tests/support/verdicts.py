"""What the checker says of a case, and how right that is."""

import re

from workbook.errors import WorkbookError
from workbook.exercise.sheet import last, sheets

OUTCOMES = [
    "passed",
    "refused",
    "right",
    "half",
    "unnamed",
    "misleading",
    "uncaught",
    "unjudged",
    "not made",
]


def judged(case, project):
    """A row: what was said in English, and the outcome.

    A right case is passed or refused. A wrong one is uncaught if the core passed. What is said of
    it is misleading if it has words that it must not have, or names a mistake and has none of the
    words that it must have; right if it has them all and the file; half if it has some; unnamed
    else, and where there is no more than Python's own words or a check's. Where the case does not
    say which words, the reader has to judge.
    """
    return verdict(case, checked(case, project))


def verdict(case, row):
    """The same of what was said once before."""
    words = "\n".join([*row["texts"], row["error"], row["place"]])
    row["lacks"] = [pattern for pattern in case.must if not re.search(pattern, words)]
    row["wrongly"] = [pattern for pattern in case.never if re.search(pattern, words)]
    return {**row, "said": first_sentence(row), "outcome": outcome(case, row)}


def checked(case, project):
    """What the last sheet says, in English, as plain values."""
    row = {
        "passed": False,
        "blamed": "",
        "extra": False,
        "mistake": "",
        "texts": [],
        "error": "",
        "place": "",
    }
    try:
        sheet = last(sheets(case.teaches, project))
    except WorkbookError as error:
        return {**row, "blamed": "(not run)", "texts": [error.what.en, error.then.en]}
    row["passed"], said = sheet.passed, sheet.verdict
    if sheet.blamed:
        row |= {"blamed": sheet.blamed.name, "extra": sheet.blamed.extra}
    if said.explanation:
        row["mistake"] = said.explanation.mistake.name
    if advice := said.advice:
        row |= {"texts": [text.en for text in advice.texts], "error": advice.error}
        row["place"] = f"{advice.place.path}:{advice.place.line}" if advice.place else ""
    return row


def first_sentence(row):
    said = " ".join([*row["texts"], row["error"]]).strip()
    return re.match(r"(.*?[.!?](?=\s|$)|.*)", said, re.DOTALL)[0]


def outcome(case, row):
    if case.right:
        return "passed" if row["passed"] else "refused"
    if row["passed"]:
        return "uncaught"
    if not case.must:
        return "unjudged"
    found = len(case.must) - len(row["lacks"])
    if row["wrongly"] or (row["mistake"] and not found):
        return "misleading"
    if not row["lacks"] and is_there(case, row):
        return "right"
    return "half" if found and row["texts"] else "unnamed"


def is_there(case, row):
    """Whether the right file is named, by the place or in words."""
    words = "\n".join([row["place"], *row["texts"], row["error"]])
    return not case.where or any(file in words for file in case.where)
