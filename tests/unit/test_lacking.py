import os
import subprocess
import sys

import pytest

from workbook.steps import ROOT

SUITE = """
import pytest

from tests.support.lacking import CHROMIUM, skip


@pytest.mark.parametrize("number", [1, 2])
def test_a_page(number):
    skip(CHROMIUM)


def test_another():
    pytest.skip("in a word of its own")
"""
SAID = {
    "en": "2 skipped: no Chromium or Chrome was found; on Debian: sudo apt install chromium",
    "ar": "تُخطّي 2: لم يوجد Chromium ولا Chrome",
}


@pytest.mark.parametrize("language", SAID)
def test_the_end_says_what_was_skipped_and_why(language, tmp_path):
    """Each reason stands once at the end, with the number of its tests, in the reader's language."""
    suite = tmp_path / "test_pages.py"
    suite.write_text(SUITE)
    command = [sys.executable, "-m", "pytest", "-c", os.devnull, "-p", "tests.conftest", suite]
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    run = subprocess.run(
        command,
        cwd=ROOT,
        env={**environment, "WORKBOOK_LANG": language},
        capture_output=True,
        text=True,
    )

    assert run.returncode == 0
    assert SAID[language] in run.stdout
    assert "in a word of its own" in run.stdout
