"""The gate: every known mistake is caught and named, and no right solution is."""

import tomllib
from pathlib import Path

import pytest

from tests.support.projects import documentation, edited, snapshot
from workbook.exercise import checks
from workbook.exercise.mistakes import mistakes
from workbook.exercise.sheet import judge, last, sheets
from workbook.steps import all_steps

HERE = Path(__file__).parent
STEPS = {step.path.name: step for step in all_steps()}
EDITS = [
    pytest.param(STEPS[path.stem], name, edit, id=f"{path.stem}-{name}")
    for path in sorted(HERE.glob("mistakes/*.toml"))
    for name, edit in tomllib.loads(path.read_text("utf-8")).items()
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


@pytest.mark.parametrize(("step", "name", "edit"), EDITS)
def test_a_known_mistake_is_caught_and_named(step, name, edit, tmp_path):
    """The edit fails the check that it should, and this entry, no other, is named for it."""
    project = edited(snapshot(step, tmp_path / "work"), edit)

    sheet, verdict = until_failure(step, project)

    assert sheet.blamed, "nothing failed"
    errors = sheet.blamed.failure.errors
    assert sheet.blamed.name == edit["check"], errors
    assert verdict.explanation, f"not recognised: {errors}"
    assert verdict.explanation.mistake.name == name, errors


def test_every_mistake_has_its_edit():
    """Each entry of the catalogue is proved by an edit, and each edit proves an entry."""
    *_, last = all_steps()
    names = [mistake.name for mistake in mistakes(last)]

    assert len(names) == len(set(names))
    assert names == [param.values[1] for param in EDITS]


def test_every_mistake_speaks_both_languages():
    """What to say is there in English and in Arabic, and each begins in its own script."""
    *_, last = all_steps()
    for mistake in mistakes(last):
        for texts in [mistake.what, mistake.why]:
            assert texts.en[0].isascii(), mistake.name
            assert "\u0621" <= texts.ar[0] <= "\u064a", mistake.name


@pytest.mark.parametrize("solution", SOLUTIONS)
def test_a_right_solution_passes(solution, tmp_path):
    """A solution that looks different from ours passes the core without a word."""
    step = all_steps()[solution["step"] - 1]
    project = edited(snapshot(step, tmp_path / "work"), solution)

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
