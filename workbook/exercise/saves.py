"""The folder `saved`: the desks that were put away, each under its date, its time and its step."""

import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from filecmp import clear_cache, cmp
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG

from workbook.errors import WorkbookError
from workbook.exercise.standers import TELLS, stands_in
from workbook.invocation import typed
from workbook.languages import Bilingual
from workbook.steps import ROOT

SAVED = ROOT / "saved"
NAME = re.compile(r"(?P<when>\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d)_step-[^_]+(_(?P<number>\d+))?")


@dataclass(frozen=True)
class Save:
    """A desk that was put away: `name` is its folder in `saved`.

    `is_stood_in` says that a terminal or a server may stand in it, which stood on the desk.
    """

    name: str
    path: Path
    is_stood_in: bool = False

    @property
    def order(self) -> tuple[str, int, str]:
        """By it the saves stand in the order of their making; what has another name comes first."""
        found = NAME.fullmatch(self.name)
        return (found["when"], int(found["number"] or 1), "") if found else ("", 0, self.name)

    @property
    def size(self) -> int:
        """What it takes on the disk, in bytes."""
        found = 0
        for parent, _, names in os.walk(self.path):
            for name in names:
                with suppress(OSError):  # it has gone while we looked
                    found += Path(parent, name).lstat().st_size
        return found


def saves() -> list[Save]:
    """The saved desks, the oldest first."""
    folders = SAVED.iterdir() if SAVED.is_dir() else []
    found = (Save(folder.name, folder) for folder in folders if folder.is_dir())
    return sorted(found, key=lambda save: save.order)


def named(name: str) -> Save:
    """The save of that name, or the newest if it is ""; a WorkbookError if there is none."""
    found = [save for save in saves() if name in ("", save.name)]
    if not found:
        raise WorkbookError(nothing(name), typed("saved"))
    return found[-1]


def nothing(name: str) -> Bilingual:
    if name:
        return Bilingual(f"Nothing was saved under the name {name}.", f"لم يُحفظ شيء بالاسم {name}.")
    return Bilingual("Nothing has been saved yet.", "لم يُحفظ شيء بعد.")


def put_away(folder: Path, step: str) -> Save:
    """Moves the folder to `saved`; the newest save stays the last, also if the clock went back."""
    SAVED.mkdir(exist_ok=True)
    now = f"{datetime.now():%Y-%m-%d_%H-%M-%S}"
    when, number, _ = max([save.order for save in saves()], default=("", 0, ""))
    name = f"{now}_step-{step}" if now > when else f"{when}_step-{step}_{number + 1}"
    folder.rename(SAVED / name)
    return Save(name, SAVED / name, stands_in(SAVED / name))


def once(save: Save, going: Path) -> Save:
    """The save before the newest, if it is the same: then the newest is removed.

    Only now, when nobody reaches it as the desk any more, can it be compared; a terminal that
    stands in it still may write there.
    """
    before = saves()[:-1]
    if (save.is_stood_in and TELLS) or not (before and is_same(save.path, before[-1].path)):
        return save
    try:
        save.path.rename(going)
    except OSError:
        return save
    with suppress(OSError):  # it is nobody's any more, and the next one removes it
        remove(going)
    return replace(before[-1], is_stood_in=save.is_stood_in)


def is_same(folder: Path, other: Path) -> bool:
    """Whether both hold the same; what cannot be read is the same as nothing."""
    clear_cache()
    try:
        listed = contents(folder)
        return listed == contents(other) and all(
            cmp(folder / path, other / path, shallow=False)
            for path, mode, _ in listed
            if S_ISREG(mode)
        )
    except OSError:
        return False


def contents(folder: Path) -> list[tuple[Path, int, str]]:
    """Each path, what it is, and what tells it from others at the first look."""
    found = []
    for parent, folders, names in os.walk(folder, onerror=raised):
        for path in (Path(parent, name) for name in folders + names):
            about = path.lstat()
            found.append((path.relative_to(folder), about.st_mode, looks(path, about)))
    return sorted(found)


def raised(error: OSError) -> None:
    raise error


def looks(path: Path, about: os.stat_result) -> str:
    """A link's target and a file's size; a pipe, a socket or their like is like no other."""
    if S_ISLNK(about.st_mode):
        return str(path.readlink())
    if S_ISDIR(about.st_mode):
        return ""
    return str(about.st_size if S_ISREG(about.st_mode) else about.st_ino)


def remove_all_but(keep: int, going: Path) -> list[Save]:
    """Keeps the newest; each other is first moved to where nobody takes a part of it for a save."""
    old = saves()[:-keep]
    for save in old:
        save.path.rename(going)
        remove(going)
    return old


def remove(folder: Path) -> None:
    """Removes a folder, if it is there, and in it also those that let nobody in."""
    for parent, names, _ in os.walk(folder):
        for path in (Path(parent, name) for name in names):
            if not path.is_symlink():
                path.chmod(0o700)
    if folder.exists():
        shutil.rmtree(folder)
