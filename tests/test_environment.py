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
        [shutil.which("make"), f"PYTHON={python}"],
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


def saying(folder, **words):
    """The variable that lets any Python say this of itself, as in `sys.executable`."""
    lines = [f"sys.{name} = {word!r}\n" for name, word in words.items()]
    (folder / "sitecustomize.py").write_text("".join(["import sys\n", *lines]))
    return {"PYTHONPATH": str(folder)}


def test_an_old_python_can_read_the_beginning():
    """What the machine's own Python reads has the syntax of Python 3.7."""
    for name in [
        "__init__.py",
        "__main__.py",
        "environment.py",
        "errors.py",
        "languages.py",
        "lock.py",
    ]:
        ast.parse((ROOT / "workbook" / name).read_text("utf-8"), feature_version=(3, 7))


def test_a_python_that_is_too_old_says_which_is_needed(clone):
    """Python too old, and no newer one that works on the path: what is needed, and where to get it."""
    stand_in(clone, "python3.13", "exit 1")

    words = refusal(first_use(clone, PATH=str(clone), **saying(clone, version_info=(3, 10))))

    assert "Python 3.10 is too old: the workbook needs 3.11 or newer." in words
    assert "https://www.python.org/downloads/" in words


def test_a_missing_venv_module_is_named_with_its_package(clone):
    """A Python without venv: the package that brings it."""
    without = 'case "$*" in *venv*) echo "ensurepip is not available"; exit 1;; esac'
    python = stand_in(clone, "python-without-venv", f'{without}\nexec {sys.executable} "$@"')

    words = refusal(first_use(clone, python, **saying(clone, executable=str(python))))

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
