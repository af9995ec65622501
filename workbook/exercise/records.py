"""What a check of a project finds out, as plain values; they travel between processes."""

from dataclasses import dataclass
from typing import ClassVar

from workbook.languages import Bilingual
from workbook.recorder.facts import Fact, Place

ENDLESS = Bilingual("It came to no end.", "لم يصل التنفيذ إلى نهاية.")


@dataclass(frozen=True)
class Failure:
    """Why a case failed: `errors` are lines such as "KeyError: 'message'", causes after effects.

    `word` is the one to show: the innermost that came out of the project's own code, or the first.
    `says` is there where it was the run that failed, and Python has said nothing. `facts` are what
    happened in the project meanwhile, in their order.
    """

    errors: tuple[str, ...]
    place: Place | None
    traceback: str
    says: Bilingual | None = None
    word: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class CheckResult:
    """One check's outcome; `outcome` is "passed", "failed", "untried" or, so far, "waiting".

    `suite` is its file's name without the ending; `says` is its line for the learner; `reason` is
    the suite's word on why nothing can be said of it on this machine.
    """

    name: str
    suite: str
    says: Bilingual
    extra: bool
    outcome: str
    failure: Failure | None = None
    reason: Bilingual | None = None

    @property
    def says_reason(self) -> Bilingual | None:
        if self.reason is None:
            return None
        return Bilingual(f"Not tried: {self.reason.en}.", f"لم يُجرَّب: {self.reason.ar}.")


@dataclass(frozen=True)
class PlannedCase:
    """One test function with one set of parameters: pytest's id, the function's name and words."""

    id: str
    check: str
    docstring: str
    extra: bool


# What the process that runs a suite tells, in this order. `limit`: seconds until the next has to
# come; 0 is for ever.


@dataclass(frozen=True)
class Loading:
    limit: ClassVar[int] = 15


@dataclass(frozen=True)
class Unloadable:
    """The project cannot be loaded; nothing comes after that."""

    failure: Failure
    limit: ClassVar[int] = 0


@dataclass(frozen=True)
class Planned:
    """All the cases, in the order of running."""

    cases: tuple[PlannedCase, ...]
    limit: ClassVar[int] = 0


@dataclass(frozen=True)
class Started:
    """Comes again when the case is tried again."""

    case: str
    limit: ClassVar[int] = 15


@dataclass(frozen=True)
class Ended:
    """The case has failed, could not be tried for a reason, or has passed."""

    case: str
    failure: Failure | None
    reason: str
    limit: ClassVar[int] = 0


@dataclass(frozen=True)
class Broken:
    """Stands for the end of a case that stops the whole run; nothing comes after that."""

    failure: Failure
    limit: ClassVar[int] = 0


@dataclass(frozen=True)
class Done:
    limit: ClassVar[int] = 0


Message = Loading | Unloadable | Planned | Started | Ended | Broken | Done


def too_long(limit: int) -> Bilingual:
    return Bilingual(f"It took longer than {limit} seconds.", f"استغرق ذلك أكثر من {limit} ثانية.")
