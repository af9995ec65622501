from dataclasses import dataclass

from workbook.exercise.mistakes import Explanation
from workbook.languages import Bilingual
from workbook.records import CheckResult
from workbook.words import BEYOND


@dataclass(frozen=True)
class Advice:
    """What to say of the failure to mend first, by language, and where to look.

    `error` is Python's own word, where no mistake is known; `topics` are what the notes have a
    passage on, the best first; `beyond` says that it is no matter of the documentation's code.
    """

    beyond: list[Bilingual]
    texts: list[Bilingual]
    error: str
    place: tuple[str, int] | None
    topics: list[str]


def advice(failed: CheckResult, explanation: Explanation | None) -> Advice:
    beyond = [BEYOND, failed.says] if failed.extra else []
    if explanation:
        mistake = explanation.mistake
        topics = [mistake.name, failed.name]
        return Advice(beyond, [mistake.what, mistake.why], "", explanation.place, topics)
    error = failed.failure.errors[0].removeprefix("AssertionError: ") if failed.failure else ""
    place = failed.failure.place if failed.failure else None
    return Advice(beyond, [], error, place, [failed.name])
