"""The suites are right: they pass on what they should pass on, and only on that."""

import pytest

from tests.support.projects import before, documentation, outcomes, snapshot
from workbook.steps import all_steps

FIRST_FAILURES = {
    "01_setup": "test_setup.test_daphne_serves_the_project",
    "02_room_view": "test_room_view.test_a_room_has_a_page",
    "03_echo_consumer": "test_echo_consumer.test_the_connection_is_accepted",
    "04_channel_layer": "test_channel_layer.test_there_is_a_channel_layer",
    "05_async": "test_async.test_the_consumer_is_asynchronous",
}


@pytest.fixture(params=all_steps(), ids=lambda step: step.path.name)
def step(request):
    return request.param


def failures(found):
    return [check for check, outcome in found.items() if outcome != "passed"]


def test_a_copied_step_passes_its_suite(step, tmp_path):
    """A copy of the step, anywhere on the disk, passes every check, core and extra."""
    found = outcomes(snapshot(step, tmp_path / "copy"))

    assert found
    assert failures(found) == []


def test_the_step_before_fails_for_the_right_check(step, tmp_path):
    """On the step before, the first check to fail is the first of this lesson; all older ones pass."""
    found = outcomes(before(step, tmp_path / "before"), "-m", "not extra")

    assert failures(found)[0] == FIRST_FAILURES[step.path.name]
    lesson = FIRST_FAILURES[step.path.name].partition(".")[0]
    assert all(check.startswith(f"{lesson}.") for check in failures(found))


def test_the_documentations_code_passes_every_core_check(step, tmp_path):
    """Whoever types in the tutorial's own code has passed the step."""
    found = outcomes(documentation(step, tmp_path / "typed"), "-m", "not extra")

    assert found
    assert failures(found) == []
