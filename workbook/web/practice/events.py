"""What the pages are told over their sockets: the engine's records, ready to be shown."""

from typing import Any

from workbook import notes, words
from workbook.errors import WorkbookError
from workbook.exercise import hints
from workbook.exercise.advice import advice
from workbook.exercise.desk import DESK, Save, on_desk
from workbook.exercise.hints import DEPTHS, Hint
from workbook.exercise.mistakes import Verdict
from workbook.exercise.sheet import is_own
from workbook.languages import Bilingual
from workbook.records import CheckResult
from workbook.steps import Step, following
from workbook.web.addresses import address, to
from workbook.web.practice.servers import StepServer
from workbook.web.preference import DIRECTIONS, shown

Message = dict[str, Any]


def spoken(text: Bilingual, language: str) -> list[Message]:
    """A text in each language that is shown."""
    return [{"lang": each, "dir": DIRECTIONS[each], "text": text[each]} for each in shown(language)]


def checking(language: str) -> Message:
    return {"kind": "checking", "says": spoken(words.CHECKING, language)}


def result(result: CheckResult, earlier: list[CheckResult], step: Step, language: str) -> Message:
    """A check's outcome; of the failures the first, which is to blame, is marked as one.

    What passes of the steps before is only counted.
    """
    if result.outcome == "passed" and not is_own(result, step):
        before = [each for each in earlier if each.outcome == "passed" and not is_own(each, step)]
        return {"kind": "more", "says": spoken(words.more_pass(len(before) + 1), language)}
    first = all(each.outcome != "failed" for each in earlier)
    return {
        "kind": "result",
        "outcome": "blamed" if result.outcome == "failed" and first else result.outcome,
        "says": spoken(result.says, language),
    }


def verdict(verdict: Verdict, results: list[CheckResult], step: Step, language: str) -> Message:
    """What a finished run comes to: the way on, the failure to mend first, or both."""
    failed = verdict.blamed
    return {
        "kind": "verdict",
        "passed": passed(step, language) if verdict.passed else None,
        "advice": advised(verdict, step, language) if failed else None,
        "hint": hints.needed(results, step) is not None,
    }


def passed(step: Step, language: str) -> Message:
    after = following(step)
    return {
        "says": spoken(words.passed(step), language),
        "read": passages(step, [], language),
        "next": titled(after, "read", language) if after else [],
    }


def titled(step: Step, view: str, language: str) -> list[Message]:
    """A link to a page of the step, by its title."""
    url = to(view, language, step=step)
    return [{**text, "url": url} for text in spoken(notes.title(step), language)]


def advised(verdict: Verdict, step: Step, language: str) -> Message:
    assert verdict.blamed
    about = advice(verdict.blamed, verdict.explanation)
    others = verdict.others if not verdict.passed else 0
    return {
        "beyond": [spoken(texts, language) for texts in about.beyond],
        "texts": [spoken(texts, language) for texts in about.texts],
        "error": about.error,
        "place": place(about.place, language) if about.place else [],
        "read": passages(step, about.topics, language),
        "others": spoken(words.more_fail(others), language) if others else [],
    }


def place(place: tuple[str, int], language: str) -> list[Message]:
    """The line on the desk."""
    path, line = place
    words = Bilingual(f"`work/{path}`, line {line}", f"الملف `work/{path}`، السطر {line}")
    return spoken(words, language)


def passages(step: Step, topics: list[str], language: str) -> list[Message]:
    """Links to what the notes have on the first of the topics, or to the step's note."""
    found = []
    for each in shown(language):
        passage = notes.passage(topics, step, each)
        heading = passage.heading if passage else notes.opening(step, each)[0]
        url = address(passage.path if passage else notes.note_path(step, each), language)
        anchor = f"#{passage.anchor}" if passage else ""
        found += [{"lang": each, "dir": DIRECTIONS[each], "text": heading, "url": url + anchor}]
    return found


def hint(hint: Hint, step: Step, language: str) -> Message:
    return {
        "kind": "hint",
        "texts": spoken(hint.texts, language),
        "number": hint.depth + 1,
        "of": DEPTHS,
        "read": passages(step, [hint.check], language),
    }


def trouble(error: WorkbookError) -> Message:
    return {"kind": "trouble", "what": error.what.en, "then": error.then.en}


def desk(step: Step, language: str, save: Save | None = None) -> Message:
    """Whether the page's step is on the desk, another is, or none; what was saved just now."""
    begun = on_desk()
    return {
        "kind": "desk",
        "state": "none" if begun is None else "here" if begun == step else "other",
        "begun": titled(begun, "check", language) if begun else [],
        "occupied": DESK.exists(),
        "saved": save.name if save else "",
    }


def server(running: StepServer, others: list[StepServer], language: str) -> Message:
    """What a page shows of its step's server, and that other steps' are going on."""
    return {
        "kind": "server",
        "state": running.state,
        "source": running.source,
        "port": running.port,
        "framed": running.framed,
        "beginning": running.beginnings,
        "others": [titled(each.step, "try", language)[0] for each in others if each != running],
    }
