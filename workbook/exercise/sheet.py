from collections.abc import Callable, Iterator

from workbook.exercise import checks, desk
from workbook.exercise.mistakes import Verdict, judge
from workbook.records import CheckResult
from workbook.steps import Step


def attempt(step: Step, wanted: Callable[[], bool]) -> Iterator[CheckResult | Verdict]:
    """Checks the desk: the results of the core and a verdict; if it passed, of the extras too.

    Each comes as soon as it is known. Raises what `checks.Check` raises.
    """
    results: list[CheckResult] = []

    def judged(some: Iterator[CheckResult]) -> Iterator[CheckResult | Verdict]:
        for result in some:
            results.append(result)
            yield result
        yield judge(results, desk.DESK, step)

    with checks.Check(desk.DESK, step.path, wanted) as check:
        yield from judged(check.core())
        if check.passed:
            yield from judged(check.extras())


def is_own(result: CheckResult, step: Step) -> bool:
    """Whether the check is of the step's own suite, or says that nothing of it can run."""
    return result.suite in ("project", f"test_{step.slug}")
