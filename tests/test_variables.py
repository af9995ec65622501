"""A developer's environment, whose variables were meant for other projects."""

import os
import subprocess
import sys

import pytest

from tests.support.ports import free_port
from tests.support.servers import Served
from workbook import variables
from workbook.steps import ROOT, step

DEVELOPERS = {
    "DEBUG": "release",
    "DJANGO_CONFIGURATION": "Dev",
    "DJANGO_SETTINGS_MODULE": "shop.settings",
    "PYTEST_ADDOPTS": "--no-such-option",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PYTEST_PLUGINS": "no_such_plugin",
    "PYTHONHASHSEED": "0",
    "PYTHONOPTIMIZE": "1",
    "PYTHONWARNINGS": "error",
    "SECRET_KEY": "",
}


@pytest.fixture
def developers(tmp_path):
    """The variables of somebody who works on other projects, one of them on the path."""
    for name in ["mysite", "tests", "chat"]:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise ImportError('another project')")
    return {**DEVELOPERS, "PYTHONPATH": str(tmp_path), "PIP_USER": "1"}


def test_a_suite_passes_in_a_developers_environment(workbook, developers):
    """None of the variables changes what the suite says."""
    tested = workbook("step-3", "test", **developers)

    assert tested.returncode == 0, tested.stdout + tested.stderr


def test_a_check_passes_in_a_developers_environment(classroom, developers):
    """Nor what the check of an exercise says."""
    classroom.solve(step(3))

    checked = classroom.make("check", **developers)

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_step_is_served_in_a_developers_environment(developers):
    """Nor whether a step starts."""
    with Served("step-3", "run", **developers) as server:
        assert "/chat/" in server.output


def test_make_starts_in_a_safe_path(classroom):
    """With PYTHONSAFEPATH a Python looks for nothing in its folder; make's does."""
    assert classroom.make("step-3", PYTHONSAFEPATH="1").returncode == 0


def test_a_server_without_debug_decides_no_check(workbook):
    """With DEBUG off, as a server has it, and without a key the suites pass too."""
    tested = workbook("step-1", "test", DEBUG="false", ALLOWED_HOSTS="school.example")

    assert tested.returncode == 0, tested.stdout + tested.stderr


def test_what_stops_a_server_is_named_with_its_variable(workbook):
    """Where DEBUG is what keeps a project from starting, the message says where it stands."""
    refused = workbook("step-1", "run", f"--port={free_port()}", DEBUG="false", SECRET_KEY="")

    assert refused.returncode == 2
    assert "DEBUG=false stands in your environment" in refused.stderr


@pytest.mark.parametrize("verb", ["test", "run"])
def test_a_dead_redis_is_named(verb, workbook):
    """A suite is not run on a Redis that does not answer, and a server says that it is not there."""
    nowhere = f"redis://127.0.0.1:{free_port()}"
    if verb == "run":
        with Served("step-4", "run", REDIS_URL=nowhere) as server:
            assert "The Redis of REDIS_URL does not answer." in server.output
    else:
        refused = workbook("step-4", "test", REDIS_URL=nowhere)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert "The Redis of REDIS_URL does not answer." in refused.stderr


def test_what_is_not_meant_for_others_stays():
    """Addresses of a proxy, a language, a DEBUG as Django has it: they are left as they are."""
    kept = {"HTTPS_PROXY": "http://proxy", "WORKBOOK_LANG": "ar", "DEBUG": "on", "SECRET_KEY": "x"}
    code = (
        "import os; from workbook import variables; print(variables.clear(), *sorted(os.environ))"
    )
    command = [sys.executable, "-c", code]
    kept_too = {name: os.environ[name] for name in ["PATH"]}
    found = subprocess.run(
        command, cwd=ROOT, env={**kept, **kept_too, "PIP_USER": "1"}, capture_output=True, text=True
    )
    felt, *names = found.stdout.split()

    assert felt == "False"
    assert {*kept, "PATH"} <= {*names}
    assert "PIP_USER" not in names
    assert not {*kept} & {*variables.OF_PYTHON, *variables.OF_OTHERS}
