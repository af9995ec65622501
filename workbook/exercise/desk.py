"""The desk: the folder `work`, in which a learner writes; nothing there is ever lost."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import TypeVar

from workbook import lock
from workbook.diff import files, is_suite
from workbook.errors import WorkbookError
from workbook.exercise import processes
from workbook.exercise.saves import Save, named, once, put_away, remove, remove_all_but
from workbook.invocation import typed
from workbook.languages import Bilingual
from workbook.steps import ROOT, Step, all_steps, previous

DESK = ROOT / "work"
BUILDING = ROOT / ".work-building"  # may be half-written
READY = ROOT / ".work-ready"  # is whole, and about to become the desk
GOING = ROOT / ".work-going"  # is being removed, and may be so in part
LOCK = ROOT / ".work-lock"  # whoever changes which desk lies there holds it
MARK = ".step"  # the file on the desk that holds the step's number

T = TypeVar("T")
Identity = tuple[int, ...]


def current() -> Step:
    """The step on the desk, which is put in its place first; a WorkbookError if there is none."""
    mend()
    return seen()


def mend() -> None:
    """Ends what was interrupted between two desks; if somebody is just at it, this waits."""
    if not os.path.lexists(DESK) and READY.exists():
        try:
            with lock.held(LOCK):
                settle()
        except OSError as error:
            raise not_ready(error) from None


def seen() -> Step:
    """The step on the desk, or on the one that is about to come; this only looks."""
    return looked(required)


def required(folder: Path) -> Step:
    """The step that the folder's mark names; a WorkbookError if there is no folder or no mark."""
    if not folder.is_dir():
        raise WorkbookError(
            Bilingual("There is nothing in work yet: no step was begun.", "لم تبدأ أي خطوة بعد."),
            typed("step-1 start"),
        )
    if found := marked(folder):
        return found
    raise WorkbookError(
        Bilingual(
            f"The folder work has lost its file {MARK}, which holds the step's number.",
            f"ضاع من مجلد التمرين الملف {MARK} الذي فيه رقم الخطوة.",
        ),
        Bilingual(
            f"{typed('step-1 start')}, or the step it was; what lies there is saved first",
            f"{typed('step-1 start')}، أو الخطوة التي كانت فيه؛ ويُحفظ ما فيه أولًا",
        ),
    )


def marked(folder: Path) -> Step | None:
    """The step whose number the folder's mark holds; any text may stand there."""
    try:
        text = (folder / MARK).read_text("utf-8").strip()
    except (OSError, ValueError):
        return None
    return next((each for each in all_steps() if text == str(each.number)), None)


def on_desk() -> Step | None:
    """The step that is on the desk, if one is; this only looks."""
    return looked(marked)


def step_and_identity() -> tuple[Step | None, Identity]:
    """That step, and the desk's identity, which is empty only if there is no desk."""
    return looked(lambda folder: (marked(folder), identity(folder)))


def looked(look: Callable[[Path], T]) -> T:
    """What is seen of the desk, all of it of one: if another has come meanwhile, it looks again."""
    while True:
        before = lying()
        try:
            seen = look(before[0])
        except (OSError, WorkbookError):
            if lying() == before:
                raise
        else:
            if lying() == before:
                return seen


def lying() -> tuple[Path, Identity]:
    """Where the desk lies, or the one that is about to, and what tells it from another there."""
    for folder in (DESK, READY, DESK):  # it may have come between the first look and the second
        if found := identity(folder):
            return folder, found
    return DESK, ()


def identity(folder: Path) -> Identity:
    """What a folder keeps when it is moved, and no other ever has; empty if there is no folder.

    A folder's number may be given to another once it is removed: so the mark's are in it too.
    """
    try:
        number = folder.stat().st_ino
    except OSError:
        return ()
    try:
        about = (folder / MARK).stat()
    except OSError:
        return (number,)
    return number, about.st_ino, about.st_ctime_ns


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
    save = named(name)
    return save, replace(lambda folder: copy_all(save.path, folder))


def replace(build: Callable[[Path], object]) -> Save | None:
    """Builds a desk beside the old one, puts the old one away, and moves the new one in.

    Whenever this ends, `settle` finds the old desk or the new one, whole. One at a time does it.
    """
    try:
        with lock.held(LOCK):
            require_folder()
            return swapped(build)
    except (OSError, subprocess.CalledProcessError) as error:
        raise not_ready(error) from None


def not_ready(error: Exception) -> WorkbookError:
    return WorkbookError(
        Bilingual(
            f"The folder work could not be made ready: {first(error)}. "
            "What lay there is as it was.",
            f"تعذّر تجهيز مجلد التمرين: {first(error)}. بقي ما فيه كما كان.",
        )
    )


def require_folder() -> None:
    """Of a link only the link would be saved, and a file could not be brought back as a desk."""
    if DESK.is_symlink():
        target = DESK.readlink()
        raise WorkbookError(
            Bilingual(
                f"`work` is a link, to {target}: what lies there could not be saved. "
                "Move the link elsewhere, and begin again.",
                f"الاسم `work` رابط إلى {target}، ولا يمكن حفظ ما فيه. "
                "انقل الرابط إلى مكان آخر ثم ابدأ من جديد.",
            ),
        )
    if DESK.exists() and not DESK.is_dir():
        raise WorkbookError(
            Bilingual(
                "`work` is a file, and no folder. Move it elsewhere, and begin again.",
                "الاسم `work` ملف وليس مجلدًا. انقله إلى مكان آخر ثم ابدأ من جديد.",
            ),
        )


def swapped(build: Callable[[Path], object]) -> Save | None:
    settle()
    try:
        remove(GOING)
        remove(BUILDING)
        build(BUILDING)
        BUILDING.rename(READY)
        step = marked(DESK)
        number = str(step.number) if step else "unknown"
        save = put_away(DESK, number) if DESK.exists() else None
        move_in(save)
    except (OSError, subprocess.CalledProcessError):
        settle()
        raise
    return once(save, GOING) if save else None


def move_in(save: Save | None) -> None:
    """Makes the new desk the desk; if that cannot be, the old one comes back."""
    try:
        READY.rename(DESK)
    except OSError:
        if save:
            save.path.rename(DESK)
        raise


def kept(change: Callable[[Path], None]) -> Save:
    """Saves a copy of the desk, changed so; the desk stays as it is. The lock is held."""
    remove(BUILDING)
    copy_all(DESK, BUILDING)
    change(BUILDING)
    step = marked(DESK)
    return once(put_away(BUILDING, str(step.number) if step else "unknown"), GOING)


def thin(keep: int) -> list[Save]:
    """Removes all saves but the newest, while nobody puts one away or brings one back."""
    try:
        with lock.held(LOCK):
            remove(GOING)
            return remove_all_but(keep, GOING)
    except OSError as error:
        raise WorkbookError(
            Bilingual(
                f"Not all could be removed: {error.strerror}.",
                f"تعذّر حذف المحفوظ كله: {error.strerror}.",
            ),
            typed("saved"),
        ) from None


def settle() -> None:
    """Finishes what an interrupted `replace` left, or undoes it; the lock is held."""
    if READY.exists() and DESK.exists():
        remove(READY)
    elif READY.exists():
        READY.rename(DESK)


def first(error: Exception) -> str:
    """What went wrong; of the many things that a copy can come to grief with, the first."""
    several = isinstance(error, shutil.Error) and isinstance(error.args[0], list)
    return str(error.args[0][0][-1] if several else error)


def begin(step: Step, folder: Path) -> None:
    """Makes what a learner of the step starts from, without a suite."""
    if before := previous(step):
        copy(before.path, folder, lambda path: not is_suite(path))
    else:
        processes.startproject(folder)


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
