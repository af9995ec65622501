"""The container in which an editor, here or on GitHub, has everything installed."""

import json
import re
import shutil
import subprocess

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


@pytest.fixture
def needed():
    """Each command that the tests need, and the package that CI takes it from."""
    pairs = re.search(r"for pair in (.*);", (ROOT / ".ci" / "run").read_text())[1]
    return dict(pair.split("=") for pair in pairs.split())


def test_it_has_what_the_tests_need(recipe, needed):
    """The packages of CI; its Python is one of those that are supported, and came with its venv."""
    words = re.search(r"apt-get install ([^>&]*)", recipe)[1].replace("\\\n", "").split()

    assert {word for word in words if not word.startswith("-")} == set(needed.values())
    assert re.search(r"python:[0-9]+-([0-9.]+)-", recipe)[1] in environment.KNOWN


@pytest.mark.parametrize("there", [{"make"}, {"make", "npm"}, {"make", "chromium", "git", "nginx"}])
def test_ci_installs_what_is_lacking_and_no_more(there, needed, tmp_path):
    """A Node.js that brought its own npm and Debian's npm cannot be on one machine."""
    bash, said = shutil.which("bash"), tmp_path / "said"
    (tmp_path / "dirname").symlink_to(shutil.which("dirname"))
    for name in there | {"apt-get", "python3"}:
        (tmp_path / name).write_text(f'#!{bash}\necho {name} "$@" >>"$SAID"\n')
        (tmp_path / name).chmod(0o755)

    subprocess.run(
        [bash, ROOT / ".ci" / "run"], env={"PATH": str(tmp_path), "SAID": str(said)}, check=True
    )

    install = next(line for line in said.read_text().splitlines() if " install " in line).split()
    packages = {word for word in install[2:] if not word.startswith("-")}
    assert packages == {package for command, package in needed.items() if command not in there}


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
