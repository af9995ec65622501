"""A Python of its own, for what takes the place of something in all of it."""

import subprocess
import sys
import textwrap

from workbook.steps import ROOT


def told(script):
    """The words that the script has printed at its end."""
    words = [sys.executable, "-c", textwrap.dedent(script)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert not done.stderr, done.stderr
    return done.stdout.split()
