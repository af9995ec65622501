"""The first command on a machine where something is missing."""

import ast
import os
import shlex
import shutil
import signal
import subprocess
import sys

import pytest

from tests.support.ports import free_port
from workbook import environment, lock
from workbook.steps import ROOT

THIS = shlex.quote(sys.executable)  # as a shell takes it


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
        "variables.py",
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
    python = stand_in(clone, "python-without-venv", f'{without}\nexec {THIS} "$@"')

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


def without_packages(**more):
    """No package can be had, and pip knows so at once."""
    return {"PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": "", "PIP_NO_INDEX": "1", **more}


def test_what_pip_said_is_kept_and_its_error_shown(clone):
    """A package that cannot be had is named, and so is the file with all that pip said."""
    words = refusal(first_use(clone, **without_packages()))

    assert "ERROR: No matching distribution found for " in words
    assert str(clone / ".venv" / "install.log") in words
    assert "No matching distribution" in (clone / ".venv" / "install.log").read_text("utf-8")


@pytest.mark.gate
def test_an_environment_without_pip_is_made_anew(clone):
    """A first command that was interrupted before pip was there leaves nothing to clear by hand."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", clone / ".venv"], check=True)

    for python in [clone / ".venv" / "bin" / "python", sys.executable]:
        words = refusal(first_use(clone, python, **without_packages()))
        assert "No matching distribution found" in words


@pytest.mark.gate
def test_what_a_killed_command_left_is_made_anew(clone):
    """A first command that is killed while pip is put in: the next one starts from an empty folder."""
    killed = f'case "$*" in *venv*) {THIS} -m venv .venv; kill -9 $PPID; exit;; esac'
    python = stand_in(clone, "python-that-kills", f'{killed}\nexec {THIS} "$@"')
    first_use(clone, python, **saying(clone, executable=str(python)))
    left = clone / ".venv" / "left"
    left.touch()

    words = refusal(first_use(clone, **without_packages()))

    assert "No matching distribution found" in words
    assert not left.exists()


def test_a_second_terminal_waits_for_the_first(clone):
    """While one command makes the environment, another says that it waits, and then goes on."""
    command = [shutil.which("make"), f"PYTHON={sys.executable}"]
    with lock.held(clone / ".venv.lock"):
        second = subprocess.Popen(
            command,
            cwd=clone,
            env={**os.environ, **without_packages()},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert second.stderr.readline().startswith("Another terminal is installing;")
        assert not (clone / ".venv").exists()
    with second:
        assert "No matching distribution found" in second.stderr.read()


def test_a_link_is_not_cleared(clone):
    """Where `.venv` is a link, what it leads to is another's: it is named and left as it is."""
    others = clone / "others"
    others.mkdir()
    (others / "theirs").touch()
    (clone / ".venv").symlink_to(others)

    words = refusal(first_use(clone))

    assert f".venv is a link to {others}" in words
    assert (others / "theirs").exists()


def test_links_to_one_environment_share_its_lock(tmp_path):
    """Two checkouts whose `.venv` leads to the same folder install one after the other."""
    (tmp_path / "one").symlink_to(tmp_path / "shared")
    assert environment.lock_of(str(tmp_path / "one")) == str(tmp_path / "one.lock")

    (tmp_path / "shared").mkdir()
    for name in ["one", "shared"]:
        assert environment.lock_of(str(tmp_path / name)) == str(tmp_path / "shared.lock")


def test_a_file_in_the_way_is_named(clone):
    """What the system refuses is said in a sentence."""
    (clone / ".venv.lock").mkdir()

    assert "The environment could not be made: " in refusal(first_use(clone))


BUILD = """
  error: subprocess-exited-with-error
  x Getting requirements to build wheel did not run successfully.
      Traceback (most recent call last):
      RuntimeError: a compiler is needed
      [end of output]
  note: This error originates from a subprocess, and is likely not a problem with pip.
ERROR: Failed to build 'some-package' when getting requirements to build wheel
hint: See above for details.
"""
SAID = {
    BUILD: "ERROR: Failed to build 'some-package' when getting requirements to build wheel "
    "(RuntimeError: a compiler is needed)",
    "error: metadata-generation-failed\nhint: See above for details.\n": "error: metadata-generation-failed",
    "ERROR: first\nERROR: last\nsome more\n": "ERROR: last",
    "": "no reason was given",
}


@pytest.mark.parametrize("output", SAID, ids=["build", "hint", "several", "nothing"])
def test_of_all_that_pip_said_its_error_is_shown(output):
    """The last error, with the exception of a build behind it, and no hint that leads nowhere."""
    assert environment.last_error(output).en == SAID[output]


def test_a_full_disk_says_how_much_room_is_needed(tmp_path):
    """Whatever else pip said: that the disk is full, and how much room to make."""
    error = environment.not_installed("ERROR: [Errno 28] No space left on device", str(tmp_path))

    assert error.what.en == "The disk is full."
    assert "300 MB" in error.then.en


def test_a_ctrl_c_while_it_installs_leaves_no_traceback(clone):
    """A Ctrl-C at any moment of the first command ends it without a word of Python's."""
    with subprocess.Popen(
        [sys.executable, "-m", "workbook"],
        cwd=clone,
        env={**os.environ, **without_packages()},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as first:
        said = first.stderr.read(len("Making"))
        os.killpg(first.pid, signal.SIGINT)
        said += first.stderr.read()

    assert first.returncode == 130
    assert "Traceback" not in said
