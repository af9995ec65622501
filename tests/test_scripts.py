"""What the pages' scripts of others are made of."""

import json
import re

import pytest

from tools.scripts.__main__ import HERE, MADE, digest, names, packages


@pytest.mark.parametrize("name", names())
def test_the_script_is_made_from_what_lies_here(name):
    """After a change of its packages it was made anew; its licence and its versions stand in it."""
    made = (MADE / f"{name}.js").read_text("utf-8")

    assert re.search(r"Made from (\w+)", made)[1] == digest(name)
    assert re.search("MIT License|License: MIT", made)
    assert all(f"{each} {version}" in made for each, version in packages(name).items())


@pytest.mark.parametrize("name", names())
def test_the_lock_holds_each_package_to_the_byte_and_names_no_host(name):
    """Any registry may give the packages: their hashes decide."""
    text = (HERE / name / "package-lock.json").read_text("utf-8")
    locked = json.loads(text)["packages"]

    assert "://" not in re.sub(r'"(url|funding)": "[^"]+"', "", text)
    assert all("integrity" in each for path, each in locked.items() if path)
