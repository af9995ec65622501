"""What to say of a failure."""

from dataclasses import dataclass

from workbook import notes
from workbook.exercise.mistakes import Explanation
from workbook.exercise.records import CheckResult, Place
from workbook.languages import Bilingual
from workbook.notes import Passage
from workbook.steps import Step

BEYOND = Bilingual("Beyond the documentation's code:", "ما بعد شيفرة التوثيق:")


@dataclass(frozen=True)
class Advice:
    """What to say of the failure to mend first, and where to look.

    `beyond` says that it is no matter of the documentation's code; `error` is Python's own word,
    where no mistake is known; `passages` are what the notes have on it, by language.
    """

    beyond: tuple[Bilingual, ...]
    texts: tuple[Bilingual, ...]
    error: str
    place: Place | None
    passages: dict[str, Passage]


def advice(failed: CheckResult, explanation: Explanation | None, step: Step) -> Advice:
    beyond = (BEYOND, failed.says) if failed.extra else ()
    if explanation:
        mistake = explanation.mistake
        passages = notes.passages([mistake.name, failed.name], step)
        return Advice(beyond, (mistake.what, mistake.why), "", explanation.place, passages)
    passages, failure = notes.passages([failed.name], step), failed.failure
    if failure is None:
        return Advice(beyond, (), "", None, passages)
    if failure.says:
        return Advice(beyond, (failure.says,), "", failure.place, passages)
    error = failure.errors[0].removeprefix("AssertionError: ")
    return Advice(beyond, (), error, failure.place, passages)
