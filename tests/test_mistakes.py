"""The gate: every known mistake is caught and named, and no right solution is."""

import ast
import sys
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.support.bases import solutions, spoil, spoilt
from tests.support.lacking import OLD_PYTHON, skip
from tests.support.projects import NotThere, documentation, edited, snapshot
from workbook.exercise import processes
from workbook.exercise.hints import DEPTHS, groups
from workbook.exercise.mistakes import mistakes, mistakes_of
from workbook.exercise.sheet import judge, last, sheets
from workbook.steps import all_steps, step

MISTAKES = [
    pytest.param(step, mistake, id=f"{step.path.name}-{mistake.name}")
    for step in all_steps()
    for mistake in mistakes_of(step)
]
ONLY_BEFORE = {  # later Pythons take what they refused
    "quotes-within-an-f-string": (3, 12),
    "partial-in-a-class": (3, 14),
}
SOLUTIONS = [pytest.param(solution, id=solution.name) for solution in solutions()]


def fair_part(cases, of):
    """One in so many for `make test`; `make gate` has the others."""
    return [
        pytest.param(*each.values, id=each.id, marks=[pytest.mark.gate] if number % of else [])
        for number, each in enumerate(cases)
    ]


@pytest.fixture(scope="module", autouse=True)
def warm():
    processes.warm_up()


def until_failure(step, project):
    """The verdict on the first failure, which is the one to blame; what is behind it is not run."""
    checked = sheets(step, project)
    for sheet in checked:
        if sheet.blamed:
            checked.close()
            break
    return sheet, judge(sheet, project)


def require_old_python(mistake):
    """Skips what is no mistake on this Python."""
    if sys.version_info >= ONLY_BEFORE.get(mistake.name, (4,)):
        skip(OLD_PYTHON)


def test_what_is_thrown_away_at_the_end_is_no_failure(tmp_path):
    """A request that was never answered leaves a file open: the last words of a run are no check's."""
    project = edited(snapshot(step(1), tmp_path / "work"), [], ["chat/urls.py"])

    assert [each.name for each in last(sheets(step(1), project)).failed] == [
        "test_the_index_page_asks_for_a_room",
        "test_the_index_page_leads_to_the_room",
        "test_http_reaches_django_through_asgi",
    ]


def test_several_things_that_are_thrown_away_end_no_process(tmp_path):
    """They come as a group of warnings."""
    mistake = next(each for each in mistakes_of(step(5)) if each.name == "loop-in-a-loop")
    project = edited(snapshot(step(5), tmp_path / "work"), mistake.made.edits, [])

    assert "project" not in [each.name for each in last(sheets(step(5), project)).failed]


@pytest.mark.parametrize(("step", "mistake"), fair_part(MISTAKES, 12))
def test_a_known_mistake_is_caught_and_named(step, mistake, tmp_path):
    """Its edits fail the check that they should, and this entry, no other, is named for it."""
    require_old_python(mistake)
    made = mistake.made
    project = edited(snapshot(step, tmp_path / "work"), made.edits, made.delete)

    sheet, verdict = until_failure(step, project)

    assert sheet.blamed, "nothing failed"
    errors = sheet.blamed.failure.errors
    assert sheet.blamed.name == made.check, errors
    assert verdict.explanation, f"not recognised: {errors}"
    assert verdict.explanation.mistake.name == mistake.name, errors


@pytest.mark.gate
@pytest.mark.parametrize(("step", "mistake"), MISTAKES)
def test_it_is_named_in_the_code_of_others(step, mistake, tmp_path):
    """Made in the tutorial's code or in another style, it is named as in ours."""
    require_old_python(mistake)
    for base, project in spoilt(step, [mistake], tmp_path):
        sheet, verdict = until_failure(step, project)
        if not sheet.blamed or sheet.blamed.name != lacks(base):
            assert named(sheet, verdict) == mistake.name, base.name


@pytest.mark.gate
@pytest.mark.parametrize(("step", "mistake"), MISTAKES)
def test_of_two_mistakes_one_is_named(step, mistake, tmp_path):
    """Whoever made another one as well is told of one of the two, and of no third."""
    require_old_python(mistake)
    pair, project = paired(step, mistake, tmp_path)

    assert named(*until_failure(step, project)) in [each.name for each in pair], pair


def paired(step, mistake, folder):
    """The mistake and the first other one that can be made beside it, and the project with both."""
    for other in sorted(mistakes(step), key=lambda other: at_random(mistake, other)):
        with suppress(NotThere):
            if other != mistake:
                project = snapshot(step, folder / other.name)
                return [mistake, other], spoil(project, [mistake, other])
    raise AssertionError(f"nothing can be made beside {mistake.name}")


def named(sheet, verdict):
    """The name of the mistake that is named for the first failure; the errors, if there is none."""
    if verdict.explanation:
        return verdict.explanation.mistake.name
    return sheet.blamed and sheet.blamed.failure.errors


@cache
def lacks(base):
    """The extra that the base itself lacks first: what comes behind it cannot be seen there."""
    with TemporaryDirectory() as folder:
        step = all_steps()[base.step - 1]
        sheet, _ = until_failure(step, base.project(Path(folder) / "work"))
    return sheet.blamed and sheet.blamed.name


def at_random(mistake, other):
    """A number by which to choose; it stays the same when others come into the catalogue."""
    return sha256(f"{mistake.name} {other.name}".encode()).digest()


def test_every_mistake_has_a_name_of_its_own():
    """No name stands in two files: the notes speak of a mistake by its name alone."""
    *_, last = all_steps()
    names = [mistake.name for mistake in mistakes(last)]

    assert len(names) == len(set(names))


def test_every_mistake_speaks_both_languages():
    """What to say is there in English and in Arabic, and each begins in its own script."""
    *_, last = all_steps()
    for mistake in mistakes(last):
        for texts in [mistake.what, mistake.why]:
            assert texts.en[0].isascii(), mistake.name
            assert "\u0621" <= texts.ar[0] <= "\u064a", mistake.name


@pytest.mark.parametrize("step", all_steps(), ids=lambda step: step.path.name)
def test_every_core_check_has_three_hints_in_both_languages(step):
    """A group has them; it stands with the step or with one before."""
    for check in core_checks(step):
        [group] = [group for group in groups(step) if check in group.checks]

        assert len(group.en) == len(group.ar) == DEPTHS == 3


@pytest.mark.parametrize("step", all_steps(), ids=lambda step: step.path.name)
def test_no_hints_are_for_a_check_that_is_not_there(step):
    """What has hints is a core check of the step or of one before, and has them once."""
    there = [check for each in all_steps()[: step.number] for check in core_checks(each)]

    hinted = [check for group in groups(step) for check in group.checks]

    assert sorted(hinted) == sorted(there)


def core_checks(step):
    """The names of the checks that the step brings, without the extras."""
    suite = ast.parse((step.path / "tests" / f"{step.suite}.py").read_text("utf-8"))
    return [
        node.name
        for node in suite.body
        if getattr(node, "name", "").startswith("test_")
        and "pytest.mark.extra" not in map(ast.unparse, node.decorator_list)
    ]


def test_a_hints_code_is_the_same_in_both_languages():
    """It stands behind the first empty line, and a page shows it once for both."""
    *_, last = all_steps()
    for group in groups(last):
        for texts in zip(group.en, group.ar, strict=True):
            english, arabic = (text.strip().partition("\n\n")[2] for text in texts)

            assert english == arabic, group.checks


@pytest.mark.parametrize("solution", fair_part(SOLUTIONS, 5))
def test_a_right_solution_passes(solution, tmp_path):
    """A solution that looks different from ours passes the core without a word."""
    step = all_steps()[solution.step - 1]

    sheet = last(sheets(step, solution.project(tmp_path / "work")))

    assert sheet.passed, sheet.blamed


@pytest.mark.parametrize("step", all_steps(), ids=lambda step: step.path.name)
def test_the_documentations_code_passes(step, tmp_path):
    """Whoever types in the tutorial's own code is told that the step is passed."""
    project = documentation(step, tmp_path / "work")

    assert last(sheets(step, project)).passed


def test_there_are_enough_solutions():
    """At least a dozen right solutions keep the core checks from asking for our own code."""
    assert len(SOLUTIONS) >= 12
