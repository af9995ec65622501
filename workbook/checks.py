import subprocess
import sys
from pathlib import Path


def run_suite(project: Path, python: str = sys.executable) -> int:
    """Runs the project's own suite in a process of its own; pytest's exit code."""
    return subprocess.call([python, "-m", "pytest", "-p", "no:cacheprovider"], cwd=project)
