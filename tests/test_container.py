"""The container in which an editor, here or on GitHub, has everything installed."""

import json
import re

import pytest

from workbook import environment
from workbook.steps import ROOT

FOLDER = ROOT / ".devcontainer"


@pytest.fixture
def container():
    return json.loads((FOLDER / "devcontainer.json").read_text())


@pytest.fixture
def recipe(container):
    return (FOLDER / container["build"]["dockerfile"]).read_text()


def packages(script):
    """What a script installs of the system's packages."""
    words = re.search(r"apt-get install ([^>&]*)", script)[1].replace("\\\n", "").split()
    return {word for word in words if not word.startswith("-")}


def test_it_has_what_the_tests_need(recipe):
    """The packages of CI; its Python is one of those that are supported, and came with its venv."""
    needed = packages((ROOT / ".ci" / "run").read_text())

    assert packages(recipe) == needed - {"python3-venv"}
    assert re.search(r"python:[0-9]+-([0-9.]+)-", recipe)[1] in environment.KNOWN


def test_its_user_is_not_root(container):
    assert container["remoteUser"] == "vscode"


def test_it_comes_with_the_packages_of_learners_and_developers(container):
    """The first command installs the learners', as it always does."""
    first, then = container["postCreateCommand"].split(" && ")

    assert first == "make"
    assert 'environment.prepare("requirements-dev.txt")' in then


def test_it_forwards_the_ports_of_the_readme(container):
    """Each has a label."""
    ports = {int(port) for port in re.findall(r"\b8[0-9]{3}\b", (ROOT / "README.md").read_text())}

    assert set(container["forwardPorts"]) == ports
    assert all(container["portsAttributes"][str(port)]["label"] for port in ports)
