"""What the page's editor is made of."""

import json
import re

from tools.editor.__main__ import HERE, MADE, digest, packages


def test_the_script_is_made_from_what_lies_here():
    """After a change of its packages it was made anew; its licence and its versions stand in it."""
    made = MADE.read_text("utf-8")

    assert re.search(r"Made from (\w+)", made)[1] == digest()
    assert "MIT License" in made
    assert all(f"{name} {version}" in made for name, version in packages().items())


def test_the_lock_holds_each_package_to_the_byte_and_names_no_host():
    """Any registry may give the packages: their hashes decide."""
    text = (HERE / "package-lock.json").read_text("utf-8")
    locked = json.loads(text)["packages"]

    assert "://" not in re.sub(r'"(url|funding)": "[^"]+"', "", text)
    assert all("integrity" in each for path, each in locked.items() if path)
