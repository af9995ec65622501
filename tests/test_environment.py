"""The first command on a machine where something is missing."""

import ast
import os
import shutil
import subprocess
import sys

import pytest

from tests.support.ports import free_port
from workbook.steps import ROOT


@pytest.fixture
def clone(tmp_path):
    """A checkout without an environment."""
    shutil.copytree(ROOT / "workbook", tmp_path / "workbook")
    for name in ["requirements.txt", "Makefile"]:
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def first_use(clone, python=sys.executable, **environment):
    return subprocess.run(
        ["make", f"PYTHON={python}"],
        cwd=clone,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )


def refusal(found):
    """The last words of a command that could not be done."""
    assert found.returncode != 0
    assert "Traceback" not in found.stderr
    return found.stderr[found.stderr.index("x ") :]


def stand_in(folder, name, script):
    """A Python that is not as it should be: a shell script of that name."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_an_old_python_can_read_the_beginning():
    """What the machine's own Python reads has the syntax of Python 3.7."""
    for name in ["__init__.py", "__main__.py", "environment.py"]:
        ast.parse((ROOT / "workbook" / name).read_text("utf-8"), feature_version=(3, 7))


def test_a_python_that_is_too_old_says_which_is_needed(clone):
    """Python too old, and no newer one on the path: its version, the one needed, and where to get it."""
    script = clone / "workbook" / "environment.py"
    script.write_text(script.read_text().replace("OLDEST = (3, 11)", "OLDEST = (3, 99)"))
    script.write_text(script.read_text().replace('"3.13", "3.12", "3.11"', ""))

    words = refusal(first_use(clone))

    assert "is too old: the workbook needs 3.99 or newer." in words
    assert "https://www.python.org/downloads/" in words


def test_a_missing_venv_module_is_named_with_its_package(clone):
    """A Python without venv: the package that brings it."""
    python = stand_in(
        clone,
        "python-without-venv",
        f'case "$*" in *venv*) echo "ensurepip is not available"; exit 1;; esac\n'
        f'exec {sys.executable} "$@"',
    )
    script = clone / "workbook" / "environment.py"
    script.write_text(
        script.read_text().replace("return sys.executable", f"return {str(python)!r}")
    )

    words = refusal(first_use(clone))

    assert "sudo apt install python3." in words


def test_no_network_at_the_first_install(clone):
    """No way to the packages: it says so, leaves no half environment in use, and can be tried again."""
    nowhere = {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": f"http://127.0.0.1:{free_port()}/simple",
        "PIP_FIND_LINKS": "",
        "PIP_NO_CACHE_DIR": "1",
    }
    for _ in range(2):
        words = refusal(first_use(clone, **nowhere))
        assert "connect this machine to the network" in words
