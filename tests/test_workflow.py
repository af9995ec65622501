"""What GitHub's machines run."""

import re
import subprocess
import sys
import tomllib

import pytest
from ruamel.yaml import YAML

from workbook import cli, environment
from workbook.steps import ROOT, all_steps

WORKFLOWS = ROOT / ".github" / "workflows"
WORKFLOW = WORKFLOWS / "tests.yml"
SITE = WORKFLOWS / "site.yml"


@pytest.fixture
def workflow():
    return YAML(typ="safe").load(WORKFLOW)


@pytest.fixture
def everything(workflow):
    return workflow["jobs"]["everything"]


@pytest.fixture
def learner(workflow):
    return workflow["jobs"]["learner"]


def actions(*jobs):
    """The steps that are an action somebody published."""
    return [step for job in jobs for step in job["steps"] if "uses" in step]


@pytest.mark.parametrize("workflow", [WORKFLOW, SITE], ids=lambda path: path.name)
def test_github_can_read_it(workflow):
    """Its keys and values are those of the schema."""
    check = ["check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(workflow)]
    found = subprocess.run([sys.executable, "-m", *check], capture_output=True, text=True)

    assert found.returncode == 0, found.stdout + found.stderr


def test_it_may_read_and_no_more(workflow, everything, learner):
    """No job has a secret or another permission, and a checkout leaves no credentials behind."""
    assert workflow["permissions"] == {"contents": "read"}
    assert "permissions" not in everything and "permissions" not in learner
    assert "secrets" not in WORKFLOW.read_text()
    for job in [everything, learner]:
        checkout = actions(job)[0]
        assert checkout["uses"].startswith("actions/checkout@")
        assert checkout["with"]["persist-credentials"] is False


def test_its_actions_are_githubs_own(everything, learner):
    """Each at a major version, which its patches reach."""
    for step in actions(everything, learner):
        assert re.fullmatch(r"actions/[a-z-]+@v[0-9]+", step["uses"]), step


def test_it_comes_to_an_end(workflow, everything, learner):
    """A job that hangs is stopped, and so is a run that a later one has overtaken."""
    assert everything["timeout-minutes"] <= 90 and learner["timeout-minutes"] <= 30
    assert workflow["concurrency"]["cancel-in-progress"] is True


def test_everything_is_proved_by_the_script_that_lets_nothing_be_skipped(everything):
    assert everything["steps"][-1]["run"] == "bash .ci/run"
    assert "export CI=true" in (ROOT / ".ci" / "run").read_text()


def test_every_python_meets_every_system(learner):
    """From the oldest on without a gap, to the newest that the workbook looks for at least."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    matrix = learner["strategy"]["matrix"]
    major, oldest = environment.OLDEST
    newest = int(matrix["python"][-1].removeprefix(f"{major}."))

    assert project["requires-python"] == f">={major}.{oldest}"
    assert matrix["python"] == [f"{major}.{minor}" for minor in range(oldest, newest + 1)]
    assert set(environment.KNOWN) <= set(matrix["python"])
    assert matrix["system"] == ["ubuntu-latest", "macos-latest", "windows-latest"]
    assert learner["strategy"]["fail-fast"] is False


def test_what_is_asked_of_the_matrix_is_in_it(learner):
    """GitHub would take a wrong name for an empty word."""
    asked = re.findall(r"matrix\.(\w+)", WORKFLOW.read_text())

    assert set(asked) == set(learner["strategy"]["matrix"])


def test_a_learners_way_is_gone_to_its_end(learner):
    """The menu, every suite, and an exercise that passes when it is solved and not before."""
    script = "\n".join(step.get("run", "") for step in learner["steps"])
    commands = re.findall(r"python -m workbook ?([a-z0-9 -]*[a-z0-9])?", script)
    suites = [f"{step.name} test" for step in all_steps()]

    assert commands == ["", *suites, "step-3 start", "check", "solve", "check"]
    for command in commands:
        cli.read(command.split())


def test_the_site_is_published_as_it_is_built_on_a_machine():
    """By the command of the README; the job that runs the workbook may not publish."""
    workflow = YAML(typ="safe").load(SITE)
    build, publish = workflow["jobs"]["build"], workflow["jobs"]["publish"]

    assert workflow["permissions"] == {"contents": "read"} and "permissions" not in build
    assert publish["permissions"] == {"pages": "write", "id-token": "write"}
    assert [step["run"] for step in build["steps"] if "run" in step] == ["make site"]
    assert build["steps"][-1]["with"]["path"] == "site"
    assert not [step for step in publish["steps"] if "run" in step]
    for step in actions(build, publish):
        assert re.fullmatch(r"actions/[a-z-]+@v[0-9]+", step["uses"]), step
