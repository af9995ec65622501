"""The gate: every known mistake is caught and named, and no right solution is."""

import ast
import tomllib
from pathlib import Path

import pytest

from tests.support.projects import documentation, edited, snapshot
from workbook.exercise import checks
from workbook.exercise.hints import DEPTHS, groups
from workbook.exercise.mistakes import Edit, mistakes, mistakes_of
from workbook.exercise.sheet import judge, last, sheets
from workbook.steps import all_steps

HERE = Path(__file__).parent
MISTAKES = [
    pytest.param(step, mistake, id=f"{step.path.name}-{mistake.name}")
    for step in all_steps()
    for mistake in mistakes_of(step)
]
SOLUTIONS = [
    pytest.param(tomllib.loads(path.read_text("utf-8")), id=path.stem)
    for path in sorted(HERE.glob("solutions/*.toml"))
]


@pytest.fixture(scope="module", autouse=True)
def warm():
    checks.warm_up()


def until_failure(step, project):
    """The verdict on the first failure, which is the one to blame; what is behind it is not run."""
    checked = sheets(step, project)
    for sheet in checked:
        if sheet.blamed:
            checked.close()
            break
    return sheet, judge(sheet, project)


@pytest.mark.parametrize(("step", "mistake"), MISTAKES)
def test_a_known_mistake_is_caught_and_named(step, mistake, tmp_path):
    """Its edits fail the check that they should, and this entry, no other, is named for it."""
    made = mistake.made
    project = edited(snapshot(step, tmp_path / "work"), made.edits, made.delete)

    sheet, verdict = until_failure(step, project)

    assert sheet.blamed, "nothing failed"
    errors = sheet.blamed.failure.errors
    assert sheet.blamed.name == made.check, errors
    assert verdict.explanation, f"not recognised: {errors}"
    assert verdict.explanation.mistake.name == mistake.name, errors


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


@pytest.mark.parametrize("solution", SOLUTIONS)
def test_a_right_solution_passes(solution, tmp_path):
    """A solution that looks different from ours passes the core without a word."""
    step = all_steps()[solution["step"] - 1]
    edits = [Edit(**edit) for edit in solution["edits"]]
    project = edited(snapshot(step, tmp_path / "work"), edits, solution.get("delete", []))

    sheet = last(sheets(step, project))

    assert sheet.passed, sheet.blamed


@pytest.mark.parametrize("step", all_steps(), ids=lambda step: step.path.name)
def test_the_documentations_code_passes(step, tmp_path):
    """Whoever types in the tutorial's own code is told that the step is passed."""
    project = documentation(step, tmp_path / "work")

    assert last(sheets(step, project)).passed


def test_there_are_enough_solutions():
    """At least a dozen right solutions keep the core checks from asking for our own code."""
    assert len(SOLUTIONS) >= 12
