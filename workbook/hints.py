import tomllib
from collections.abc import Iterable
from pathlib import Path

from workbook.commands import typed
from workbook.errors import WorkbookError
from workbook.records import CheckResult
from workbook.steps import Step, all_steps

HINTS = Path(__file__).parent / "hints"
LAYERS = 3


def needed(results: Iterable[CheckResult], step: Step) -> CheckResult | None:
    """The core failure to hint at: the first of the step's own suite, else the first of all.

    Half-way through a rewrite older checks fail too, and what helped with them then does not now.
    """
    failed = [each for each in results if each.outcome == "failed" and not each.extra]
    own = [each for each in failed if each.suite == f"test_{step.slug}"]
    return next(iter(own or failed), None)


def hint(step: Step, check: str, layer: int) -> dict[str, str]:
    """What helps with a check, in each language: layer 0 a nudge, 1 the file, 2 the code's shape.

    A check of an earlier step has its hints there; the project that cannot be loaded has none.
    """
    for each in all_steps()[: step.number]:
        path = HINTS / f"{each.path.name}.toml"
        for group in tomllib.loads(path.read_text("utf-8"))["hint"]:
            if check in group["checks"]:
                return {language: group[language][layer] for language in ("en", "ar")}
    raise WorkbookError("There is no hint for this.", typed("check"))
