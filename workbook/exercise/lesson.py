"""What a step changes, and what of it is still to be done on the desk."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from workbook.diff import FileChange, changes, files
from workbook.exercise import desk, processes
from workbook.steps import Step, previous

RANDOM = re.compile(r"(?<=django-insecure-)[^'\"]+")


def lesson(step: Step) -> list[FileChange]:
    """From the step before, or from a project as startproject makes it, to the step."""
    before = previous(step)
    return changes(before.path, step.path) if before else first_lesson(step)


@cache
def first_lesson(step: Step) -> list[FileChange]:
    with new_project() as project:
        name_key(project / "mysite" / "settings.py")
        return changes(project, step.path)


def name_key(settings: Path) -> None:
    """The lesson is the same each time: the random key of a new project says that it is one."""
    text = settings.read_text("utf-8")
    settings.write_text(RANDOM.sub("random-in-each-project", text), "utf-8")


@cache
def begun_with(step: Step) -> dict[str, str]:
    """Each file's text by its path, as a learner of the step finds them."""
    if before := previous(step):
        return files(before.path)
    with new_project() as project:
        return files(project)


@contextmanager
def new_project() -> Iterator[Path]:
    """A project as startproject makes it, for as long as the block runs."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder, "project")
        processes.startproject(project)
        yield project


def left(step: Step) -> list[FileChange]:
    """From the desk, on which the step lies, to the step; files of the learner's own may stay."""
    known = files(step.path).keys() | {change.path for change in lesson(step)}
    found = desk.looked(lambda folder: changes(folder, step.path, known.__contains__))
    return [change for change in found if change.is_lesson]
