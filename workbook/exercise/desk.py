"""The desk: the folder `work`, in which a learner writes; nothing there is ever lost."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG

from workbook.diff import files, is_suite
from workbook.errors import WorkbookError
from workbook.invocation import typed
from workbook.languages import Bilingual
from workbook.steps import ROOT, Step, all_steps, previous, step

DESK = ROOT / "work"
SAVED = ROOT / "saved"
BUILDING = ROOT / ".work-building"  # may be half-written
READY = ROOT / ".work-ready"  # is whole, and about to become the desk
MARK = ".step"  # the file on the desk that holds the step's number


@dataclass(frozen=True)
class Save:
    """A desk that was put away: `name` is its folder in `saved`."""

    name: str
    path: Path


def current() -> Step:
    """The step on the desk; a WorkbookError if there is no desk."""
    settle()
    if not DESK.is_dir():
        raise WorkbookError(
            Bilingual("There is no desk yet: no step was begun.", "لم تبدأ أي خطوة بعد."),
            typed("step-1 start"),
        )
    try:
        return step(int((DESK / MARK).read_text()))
    except (OSError, ValueError):
        raise WorkbookError(
            Bilingual(
                f"The desk has lost its file {MARK}, which holds the step's number.",
                f"ضاع من مجلد التمرين الملف {MARK} الذي فيه رقم الخطوة.",
            ),
            Bilingual(
                f"{typed('step-1 start')}, or the step it was; what lies there is saved first",
                f"{typed('step-1 start')}، أو الخطوة التي كانت فيه؛ ويُحفظ ما فيه أولًا",
            ),
        ) from None


def start(step: Step) -> Save | None:
    """Puts the step before and this step's suite on the desk; returns what lay there, saved."""

    def build(folder: Path) -> None:
        begin(step, folder)
        copy(step.path, folder, is_suite)
        mark(folder, step)

    return replace(build)


def solve(step: Step) -> Save | None:
    """Puts the step itself on the desk; returns what lay there, saved."""

    def build(folder: Path) -> None:
        copy(step.path, folder, lambda _: True)
        mark(folder, step)

    return replace(build)


def restore(name: str) -> tuple[Save, Save | None]:
    """Puts a saved desk back, the newest if there is no name; also returns what lay there."""
    found = [save for save in saves() if name in ("", save.name)]
    if not found:
        raise WorkbookError(nothing_saved(name), typed("saved"))
    save = found[-1]
    return save, replace(lambda folder: copy_all(save.path, folder))


def nothing_saved(name: str) -> Bilingual:
    if name:
        return Bilingual(f"Nothing was saved under the name {name}.", f"لم يُحفظ شيء بالاسم {name}.")
    return Bilingual("Nothing was saved yet.", "لم يُحفظ شيء بعد.")


def saves() -> list[Save]:
    """The saved desks, the oldest first."""
    settle()
    folders = sorted(SAVED.iterdir()) if SAVED.is_dir() else []
    return [Save(folder.name, folder) for folder in folders if folder.is_dir()]


def replace(build: Callable[[Path], object]) -> Save | None:
    """Builds a desk beside the old one, puts the old one away, and moves the new one in.

    Whenever this ends, `settle` finds the old desk or the new one, whole.
    """
    settle()
    try:
        remove(BUILDING)
        build(BUILDING)
        BUILDING.rename(READY)
        save = put_away()
        READY.rename(DESK)
    except (OSError, subprocess.CalledProcessError) as error:
        settle()
        raise WorkbookError(
            Bilingual(
                f"The desk could not be made ready: {first(error)}. What lay there is as it was.",
                f"تعذّر تجهيز مجلد التمرين: {first(error)}. بقي ما فيه كما كان.",
            )
        ) from None
    return save


def settle() -> None:
    """Finishes what an interrupted `replace` left, or undoes it."""
    if READY.exists() and DESK.exists():
        remove(READY)
    elif READY.exists():
        READY.rename(DESK)


def put_away() -> Save | None:
    """Moves what lies on the desk to `saved`, under the date, the time and the step."""
    if not DESK.exists():
        return None
    SAVED.mkdir(exist_ok=True)
    path = free(SAVED / f"{datetime.now():%Y-%m-%d_%H-%M-%S}_step-{marked()}")
    DESK.rename(path)
    return Save(path.name, path)


def marked() -> str:
    """The number of the step on the desk, or what stands for it; any text may be the mark."""
    try:
        text = (DESK / MARK).read_text("utf-8").strip()
    except (OSError, ValueError):
        return "unknown"
    return text if text in {str(each.number) for each in all_steps()} else "unknown"


def free(path: Path) -> Path:
    """The path, with a number behind it if something is there."""
    count = 1
    found = path
    while found.exists():
        count += 1
        found = path.with_name(f"{path.name}_{count}")
    return found


def remove(folder: Path) -> None:
    """Removes a folder, if it is there, and in it also those that let nobody in."""
    for parent, names, _ in os.walk(folder):
        for path in (Path(parent, name) for name in names):
            if not path.is_symlink():
                path.chmod(0o700)
    if folder.exists():
        shutil.rmtree(folder)


def first(error: Exception) -> str:
    """What went wrong; of the many things that a copy can come to grief with, the first."""
    several = isinstance(error, shutil.Error) and isinstance(error.args[0], list)
    return str(error.args[0][0][-1] if several else error)


def begin(step: Step, folder: Path) -> None:
    """Makes what a learner of the step starts from, without a suite."""
    if before := previous(step):
        copy(before.path, folder, lambda path: not is_suite(path))
    else:
        startproject(folder)


def startproject(folder: Path) -> None:
    """What `django-admin startproject mysite` makes."""
    folder.mkdir()
    command = [sys.executable, "-m", "django", "startproject", "mysite", str(folder)]
    subprocess.run(command, check=True)


def mark(folder: Path, step: Step) -> None:
    (folder / MARK).write_text(f"{step.number}\n")


def copy(source: Path, folder: Path, wanted: Callable[[str], bool]) -> None:
    """Copies the files whose path is wanted, to the byte."""
    for path in filter(wanted, files(source)):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source / path, target)


def copy_all(source: Path, folder: Path) -> None:
    """Copies whatever lies there; a link stays one, wherever it leads."""
    shutil.copytree(source, folder, symlinks=True, ignore=without_contents)


def without_contents(folder: str, names: list[str]) -> list[str]:
    """Pipes, sockets and their like."""
    modes = ((name, Path(folder, name).lstat().st_mode) for name in names)
    return [name for name, of in modes if not (S_ISREG(of) or S_ISDIR(of) or S_ISLNK(of))]


def on_desk() -> Step | None:
    """The step that is on the desk, if one is."""
    try:
        return current()
    except WorkbookError:
        return None
