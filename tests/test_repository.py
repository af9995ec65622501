"""The repository's own order."""

import re
import subprocess
import sys

import pytest

from workbook.steps import ROOT


def run(*command):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_code_is_clean():
    run("ruff", "check", "--quiet")


def test_the_code_is_formatted():
    run("ruff", "format", "--check", "--quiet")


def test_the_engines_types_agree():
    run("mypy")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_and_name_no_index(name):
    """Every package has one version and its hashes; where it comes from is the machine's business."""
    requirements = (ROOT / name).read_text()

    assert "://" not in requirements
    assert "--index" not in requirements and "--find-links" not in requirements
    pinned = re.findall(r"^([\w.-]+)==\S+", requirements, re.M)
    assert pinned and len(pinned) == len(re.findall(r"^[a-z]", requirements, re.M))
    assert requirements.count("--hash=sha256:") >= len(pinned)


def test_the_developers_packages_hold_the_learners():
    """Both files pin the same versions, so that the second only adds."""
    learners, developers = (
        set(re.findall(r"^[a-z][\w.-]*==[^\\\n]+", (ROOT / name).read_text(), re.M))
        for name in ["requirements.txt", "requirements-dev.txt"]
    )

    assert learners < developers


def test_nothing_names_a_folder_of_this_machine():
    """No tracked file holds an absolute path of the machine it was written on."""
    found = subprocess.run(
        ["git", "grep", "-lF", f"{ROOT.parent}/"], cwd=ROOT, capture_output=True, text=True
    )
    assert found.stdout == ""
