"""What the engine finds out, as plain values."""

from dataclasses import dataclass

from workbook.languages import Bilingual


@dataclass(frozen=True)
class Failure:
    """Why a case failed: `errors` are lines such as "KeyError: 'message'", causes after effects."""

    errors: tuple[str, ...]
    place: tuple[str, int] | None
    traceback: str


@dataclass(frozen=True)
class CheckResult:
    """One check's outcome; `outcome` is "passed", "failed" or, not yet tried, "waiting".

    `suite` is its file's name without the ending; `says` is its line for the learner.
    """

    name: str
    suite: str
    says: Bilingual
    extra: bool
    outcome: str
    failure: Failure | None = None
