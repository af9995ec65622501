"""What the repository tells editors, and git: how files are written, and what a key starts."""

import json
import re
import subprocess
import tomllib
from configparser import ConfigParser
from fnmatch import fnmatch
from pathlib import PurePosixPath

import pytest

from workbook import cli
from workbook.steps import ROOT


@pytest.fixture
def tasks():
    return json.loads((ROOT / ".vscode" / "tasks.json").read_text())["tasks"]


@pytest.fixture
def sections():
    """Those of .editorconfig, by their patterns."""
    parser = ConfigParser()
    parser.read_string(f"[top]\n{(ROOT / '.editorconfig').read_text()}")
    assert parser["top"]["root"] == "true"
    return {name: dict(parser[name]) for name in parser.sections() if name != "top"}


def told(sections, path):
    """What editors are told of a file: a later section overrules."""
    found = {}
    for section, options in sections.items():
        if any(matches(path, pattern) for pattern in patterns(section)):
            found |= options
    return {name: value for name, value in found.items() if value != "unset"}


def patterns(section):
    """What the section's braces stand for."""
    braces = re.search(r"{(.*)}", section)
    endings = braces[1].split(",") if braces else []
    return [section.replace(braces[0], each) for each in endings] or [section]


def matches(path, pattern):
    return fnmatch(path if "/" in pattern else PurePosixPath(path).name, pattern)


def git(*words):
    return subprocess.check_output(["git", *words], cwd=ROOT, text=True).splitlines()


def test_editors_are_told_what_the_formatter_does(sections):
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]
    python = told(sections, "workbook/cli.py")

    assert int(python["max_line_length"]) == ruff["line-length"]
    assert (python["indent_style"], int(python["indent_size"])) == ("space", 4)


def test_every_file_is_as_editors_are_told(sections):
    """To save a file without a change to it changes nothing."""
    for path in git("ls-files"):
        written, options = (ROOT / path).read_bytes(), told(sections, path)
        if b"\0" in written or not options:
            continue
        text = written.decode(options["charset"])
        assert "\r" not in text and options["end_of_line"] == "lf", path
        assert text == "" or text.endswith("\n") == (options["insert_final_newline"] == "true"), (
            path
        )
        assert bool(re.search(r"^\t", text, re.M)) == (options["indent_style"] == "tab"), path
        if options["trim_trailing_whitespace"] == "true":
            assert not re.search(r"[ \t]+$", text, re.M), path


def test_git_ends_lines_as_editors_do():
    """On Windows too."""
    for file in git("ls-files", "--eol"):
        assert file.startswith(("i/lf ", "i/none ", "i/-text ")) and "eol=lf" in file, file


def test_a_task_is_a_verb_of_the_makefile(tasks):
    """On Windows it does without make."""
    verbs = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.M)[1].split()
    for task in tasks:
        verb = task["command"].removeprefix("make ")
        assert verb in verbs
        assert task["windows"]["command"] == f"python -m workbook {verb}"
        cli.read([verb])


def test_the_walkthrough_is_one_key_away(tasks):
    """It is what the key for the build starts."""
    (build,) = [task for task in tasks if task.get("group", {}).get("kind") == "build"]

    assert build["group"]["isDefault"] and build["command"] == "make walkthrough"


def test_the_tasks_are_for_everyone():
    """No rule of git's ignores them."""
    assert git("ls-files", ".vscode") == [".vscode/tasks.json"]
