"""The files on the desk as an editor has them: read, written, made, renamed and removed one by one.

Nothing is written over what the editor has not read, and nothing outside the desk is reached.
"""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from workbook import lock
from workbook.diff import is_inside, is_left_over, is_made, is_read, is_suite, walk
from workbook.errors import WorkbookError
from workbook.exercise import desk
from workbook.exercise.lesson import begun_with
from workbook.exercise.saves import Save
from workbook.invocation import typed
from workbook.languages import Bilingual
from workbook.steps import ROOT, Step

LARGEST = 500_000  # bytes: twice as many as JSON, and a message of a socket has 2**20 at most
TOO_LARGE = Bilingual("A file here may have 500 kB.", "أكبر ما يُكتب هنا ملف حجمه 500 kB.")
KEY = re.compile(r"django-insecure-[^\n]+")
BESIDE = ROOT / ".work-paper"  # a file that is being written, until it is whole


@dataclass(frozen=True)
class Paper:
    """A file of the desk: `text` is None, and `refused` says why, where an editor cannot have it.

    `version` is another one for every other content, and "" for a file that is not there. `mark`
    is "new" or "changed" since the step was begun, or "".
    """

    path: str
    version: str
    text: str | None = None
    mark: str = ""
    refused: Bilingual | None = None

    @property
    def is_given(self) -> bool:
        """Whether it came with the exercise to check it: nobody writes there."""
        return is_suite(self.path)


class Newer(WorkbookError):
    """Somebody else has changed the file since it was read; `paper` is what lies there now."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        what = Bilingual(
            f"`{paper.path}` was changed elsewhere meanwhile: neither version is lost.",
            f"تغيّر الملف `{paper.path}` في مكان آخر في هذه الأثناء، ولم تضِع أي من النسختين.",
        )
        super().__init__(what)


def papers(step: Step) -> list[Paper]:
    """Each file of the desk, without its text: the learner's own first, then the suite.

    There are none if another step lies there.
    """
    return desk.looked(partial(found, step))


def found(step: Step, folder: Path) -> list[Paper]:
    if desk.marked(folder) != step:
        return []
    before = begun_with(step)
    papers = [of(path, folder, before) for path in listed(folder)]
    return sorted(papers, key=lambda paper: (paper.is_given, paper.path))


def listed(folder: Path) -> Iterator[str]:
    for path in walk(folder):
        name = path.as_posix()
        if not is_made(name) and is_placed(name, folder) and is_file(folder / path):
            yield name


def is_placed(path: str, folder: Path) -> bool:
    """Whether it can be named here; other systems' signs and a line end in a name cannot."""
    try:
        placed(path, folder)
    except WorkbookError:
        return False
    return True


def is_file(path: Path) -> bool:
    """Whether it is a file of the usual kind: who opens a pipe waits for ever."""
    try:
        return path.is_file()
    except OSError:
        return False


def of(path: str, folder: Path, before: dict[str, str]) -> Paper:
    paper = read_in(path, folder)
    is_old = path in before and without_key(before[path]) == without_key(paper.text or "")
    mark = "" if is_old or paper.is_given else "changed" if path in before else "new"
    return Paper(path, paper.version, None, mark, paper.refused)


def without_key(text: str) -> str:
    """The text without the key of its own that startproject gives each project."""
    return KEY.sub("", text)


def read(path: str) -> Paper:
    """The file as it lies there, its lines ended alike; one that is not there has no version."""
    return desk.looked(partial(read_in, path))


def read_in(path: str, folder: Path) -> Paper:
    place = placed(path, folder)
    if not os.path.lexists(place):
        return Paper(path, "")
    content = content_of(place)
    if content is None:
        words = Bilingual(
            "This file is larger than 500 kB, or cannot be read here.",
            "هذا الملف أكبر من 500 kB، أو لا يمكن قراءته هنا.",
        )
        return Paper(path, "unread", refused=words)
    try:
        text = content.decode() if b"\0" not in content else None
    except UnicodeDecodeError:
        text = None
    if text is None:
        words = Bilingual("This file is not text in UTF-8.", "ليس هذا الملف نصًا بترميز UTF-8.")
        return Paper(path, versioned(content), refused=words)
    return Paper(path, versioned(content), text.replace("\r\n", "\n"))


def content_of(place: Path) -> bytes | None:
    """None of what is too large, or cannot be read, or has gone while we looked."""
    try:
        if is_read(place) and place.stat().st_size <= LARGEST:
            return place.read_bytes()
    except OSError:
        pass
    return None


def versioned(content: bytes) -> str:
    return sha256(content).hexdigest()[:16]


def write(step: Step, path: str, text: str, version: str) -> Paper:
    """Writes the text over the version that was read, or in a new file; raises Newer.

    The lines end as they did in the file. It is written whole, or not at all.
    """
    with held(step):
        return written(path, text, version)


def written(path: str, text: str, version: str) -> Paper:
    """The same, for whoever holds the desk."""
    content = encoded(text)
    place = writable(path)
    now = read(path)
    if now.version != version or now.refused:
        raise Newer(now)
    if os.path.lexists(place) and b"\r\n" in place.read_bytes():
        content = content.replace(b"\n", b"\r\n")
    place.parent.mkdir(parents=True, exist_ok=True)
    put(content, place.resolve())
    return Paper(path, versioned(content), text)


def encoded(text: str) -> bytes:
    """The text in UTF-8; a WorkbookError if it is too large for a file here, or has half a sign."""
    try:
        content = text.encode()
    except UnicodeEncodeError:
        raise WorkbookError(
            Bilingual(
                "There is half a sign in the text (a surrogate), which no file can hold.",
                "في النص نصف حرف (surrogate)، ولا يُكتب نصف حرف في ملف.",
            )
        ) from None
    if len(content) > LARGEST:
        raise WorkbookError(TOO_LARGE)
    return content


def put(content: bytes, place: Path) -> None:
    """In one move, which a full disk prevents; whoever may do what with the file stays so."""
    if place.exists() and not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    BESIDE.unlink(missing_ok=True)  # what was interrupted may be closed to us, or a link
    BESIDE.write_bytes(content)
    if place.exists():
        BESIDE.chmod(place.stat().st_mode)
    BESIDE.replace(place)


def rename(step: Step, path: str, to: str) -> Paper:
    """Gives the file another path, at which nothing lies."""
    with held(step):
        place, target = writable(path), writable(to)
        require(os.path.lexists(place), path)
        if os.path.lexists(target):
            raise WorkbookError(
                Bilingual(f"There is already a `{to}`.", f"يوجد هنا ملف اسمه `{to}`.")
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        place.rename(target)
    return read(to)


def remove(step: Step, path: str) -> Save:
    """Removes the file; the desk with it is saved first."""
    with held(step):
        place = writable(path)
        require(os.path.lexists(place), path)
        save = desk.kept(lambda _: None)
        place.unlink()
    return save


def keep(step: Step, path: str, text: str) -> Save:
    """Saves the desk as it would be with this text; what lies there stays as it is."""
    content = encoded(text)
    with held(step):
        writable(path)

        def with_text(folder: Path) -> None:
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.unlink(missing_ok=True)  # it may be a link
            place.write_bytes(content)

        return desk.kept(with_text)


def require(is_there: bool, path: str) -> None:
    if not is_there:
        raise WorkbookError(
            Bilingual(f"There is no `{path}` any more.", f"لم يعد هناك ملف اسمه `{path}`.")
        )


@contextmanager
def held(step: Step) -> Iterator[None]:
    """Holds the desk, on which the step must still lie; what the system refuses is told."""
    try:
        with lock.held(desk.LOCK):
            if desk.marked(desk.DESK) != step:
                raise gone(step)
            yield
    except OSError as error:
        words = error.strerror or desk.first(error)
        raise WorkbookError(
            Bilingual(f"It could not be written: {words}.", f"تعذّرت الكتابة: {words}.")
        ) from None


def gone(step: Step) -> WorkbookError:
    return WorkbookError(
        Bilingual(
            f"{step.name} is not in work any more: nothing was written there.",
            f"لم تعد الخطوة {step.name} في مجلد التمرين، فلم يُكتب فيه شيء.",
        ),
        typed(f"{step.name} start"),
    )


def writable(path: str) -> Path:
    """Where the file lies, if it is the learner's to write: neither the suite nor a tool's."""
    place = placed(path, desk.DESK)
    if is_suite(path) or is_left_over(Path(path)):
        raise WorkbookError(
            Bilingual(
                f"`{path}` is not written here: it came with the exercise, or is a tool's.",
                f"لا يُكتب الملف `{path}` هنا: جاء مع التمرين، أو تكتبه أداة.",
            )
        )
    return place


def placed(path: str, folder: Path) -> Path:
    """Where in the desk's folder the path leads; a WorkbookError where it would lead out of it."""
    parts = path.split("/")
    odd = any(part in ("", ".", "..") or set(part) & set('\\:*?"<>|') for part in parts)
    if odd or not path.isprintable() or not is_inside(folder, Path(path)):
        raise WorkbookError(
            Bilingual(
                f"`{path}` is no path in the folder work.",
                f"لا يدلّ `{path}` على ملف في مجلد التمرين.",
            )
        )
    return folder / path
