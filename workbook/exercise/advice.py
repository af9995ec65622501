"""What to say of a failure."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbook import notes
from workbook.diff import is_read
from workbook.exercise.records import CheckResult
from workbook.languages import Bilingual
from workbook.notes import Passage
from workbook.recorder.facts import Place
from workbook.steps import Step

if TYPE_CHECKING:
    from workbook.exercise.mistakes import Explanation

NOTHING_CAME = Bilingual(
    "The check waited for an answer, and nothing came.", "انتظر الاختبار جوابًا ولم يصل شيء."
)
TOO_SLOW = Bilingual(
    "The check waited long for an answer and then once more, and each time something still went on:"
    " the consumer, or this computer, is too slow.",
    "انتظر الاختبار الجواب طويلًا ثم أعاد المحاولة، وفي كل مرة كان العمل لا يزال جاريًا:"
    " المستهلك بطيء جدًّا، أو هذا الحاسوب.",
)
BEYOND = Bilingual("Beyond the documentation's code:", "ما بعد شيفرة التوثيق:")


@dataclass(frozen=True)
class Advice:
    """What to say of the failure to mend first, and where to look.

    `beyond` says that it is no matter of the documentation's code. Where no mistake is known,
    `error` is Python's own word. `code` are the lines around the place, by their numbers, and
    `passages` what the notes have on it, by language.
    """

    beyond: tuple[Bilingual, ...]
    texts: tuple[Bilingual, ...]
    error: str
    place: Place | None
    passages: dict[str, Passage]
    code: tuple[tuple[int, str], ...] = ()


def advice(
    failed: CheckResult, explanation: "Explanation | None", step: Step, project: Path
) -> Advice:
    beyond = (BEYOND, failed.says) if failed.extra else ()
    if explanation:
        mistake, place = explanation.mistake, explanation.place
        passages = notes.passages([mistake.name, failed.name], step)
        texts = (explanation.what, explanation.why)
        return Advice(beyond, texts, "", place, passages, around(place, project))
    passages, failure = notes.passages([failed.name], step), failed.failure
    if failure is None:
        return Advice(beyond, (), "", None, passages)
    place, code = failure.place, around(failure.place, project)
    if failure.says:
        return Advice(beyond, (failure.says,), "", place, passages, code)
    error = (failure.word or failure.errors[0]).removeprefix("AssertionError: ")
    if error.startswith("TimeoutError: the consumer was still busy"):
        return Advice(beyond, (TOO_SLOW,), "", place, passages, code)
    if error.startswith("TimeoutError"):
        return Advice(beyond, (NOTHING_CAME,), "", place, passages, code)
    return Advice(beyond, (), error, place, passages, code)


def around(place: Place | None, project: Path) -> tuple[tuple[int, str], ...]:
    """The line and those next to it, five at most."""
    if place is None or not is_read(project / place.path):
        return ()
    lines = (project / place.path).read_text("utf-8", errors="replace").split("\n")
    first = max(place.line - 2, 1)
    return tuple(enumerate(lines[first - 1 : place.line + 2], start=first))
