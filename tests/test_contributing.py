"""CONTRIBUTING.md: whoever does what it says has done it right."""

import os
import shutil
import subprocess

import pytest

from tests.support.projects import IGNORED, Classroom
from workbook.notes import page
from workbook.steps import ROOT
from workbook.wire.scene import KINDS, Scene

PAGE = "CONTRIBUTING.md"
RECIPES = ["… add a mistake", "… add a check", "… add a hint"]


@pytest.fixture
def maintainer(tmp_path):
    """A checkout with its tests."""
    classroom = Classroom(tmp_path)
    for name in ["tests", "bench", "tools"]:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=IGNORED)
    for path in [*ROOT.glob("*.md"), ROOT / "LICENSE", ROOT / "pyproject.toml"]:
        shutil.copy(path, tmp_path)
    return classroom


def recipe(heading):
    """The listings under a heading, in their order."""
    blocks = page(PAGE).blocks
    place = next(index for index, block in enumerate(blocks) if block.source == heading)
    for block in blocks[place + 1 :]:
        if block.kind == "h3":
            return
        if block.kind == "fence":
            yield block


@pytest.mark.gate
def test_what_the_recipes_say_can_be_done(maintainer):
    """A mistake with its edit, a check and its hints are added, and every command then ends well."""
    commands = []
    for heading in RECIPES:
        for block in recipe(heading):
            language, _, place = block.info.partition(" add=")
            if place:
                with (maintainer.path / place).open("a", encoding="utf-8") as file:
                    file.write(block.source)
            elif language == "sh":
                commands += [command for command in block.source.splitlines()]
    # A check is not complete without its hints: the commands are typed when all is there.
    for command in commands:
        done = subprocess.run(
            command, shell=True, cwd=maintainer.path, capture_output=True, text=True,
            env={**os.environ, "PYTEST_ADDOPTS": "-p no:cacheprovider"},
        )  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


def test_the_records_are_described(maintainer):
    """Each key of what `make check JSON=1` prints has its line."""
    import json

    maintainer.make("step-1", "start")
    records = json.loads(maintainer.make("check", "JSON=1").stdout)
    keys = {code for block in page(PAGE).blocks for code in block.codes}

    assert set(records) <= keys
    for part in ["blamed", "explanation", "advice"]:
        assert set(records[part]) <= keys, part


def test_the_records_of_the_wire_are_described():
    """Each key of a record, but for the facts' own, and each kind."""
    scene = Scene(0)
    begun = {"kind": "Begun", "moment": 1, "server": 1, "process": 1}
    keys = {code for block in page(PAGE).blocks for code in block.codes}

    assert {*begun, *vars(scene.record(begun)), *KINDS.values()} - {"about"} <= keys
