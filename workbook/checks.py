import subprocess
import sys
from pathlib import Path


def run_suite(project: Path, *options: str, python: str = sys.executable) -> int:
    """Runs the project's own suite in a process of its own; pytest's exit code."""
    command = [python, "-m", "pytest", "-p", "no:cacheprovider", *options]
    return subprocess.call(command, cwd=project)
