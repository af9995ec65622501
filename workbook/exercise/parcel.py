"""The desk and what was saved as one zip: from one machine, or one browser, to another."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from workbook import lock
from workbook.diff import is_read, walk
from workbook.errors import WorkbookError
from workbook.exercise import desk, saves
from workbook.exercise.saves import Save
from workbook.languages import Bilingual

File = tuple[bytes, int]  # what is in it, and who may do what with it; 0 where nobody knows
LARGEST = 50 * 2**20  # bytes, unpacked
MOST = 20_000  # files
NO_PARCEL = Bilingual(
    "This is no zip that a workbook has made: there is no exercise in its folder `work`.",
    "ليس هذا ملف zip صنعه الدفتر: لا تمرين في المجلد `work` الذي فيه.",
)
TOO_LARGE = Bilingual(
    f"This zip holds more than {LARGEST // 2**20} MB, or more than {MOST} files.",
    f"في ملف zip هذا أكثر من {LARGEST // 2**20} MB، أو أكثر من {MOST} ملف.",
)


def packed() -> bytes:
    """The folders `work` and `saved`, as they lie beside the workbook; raises WorkbookError."""
    desk.current()
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for name, path in desk.looked(lambda folder: list(packable(folder, "work"))):
            archive.write(path, name)
        for save in saves.saves():
            for name, path in packable(save.path, f"saved/{save.name}"):
                archive.write(path, name)
    return content.getvalue()


def packable(folder: Path, top: str) -> Iterator[tuple[str, Path]]:
    """The files that are carried, each with its name in the zip; the mark says which step it is."""
    for path in (*walk(folder), Path(desk.MARK)):
        if is_read(folder / path) and not (folder / path).is_symlink():
            yield f"{top}/{path.as_posix()}", folder / path


def unpack(content: bytes) -> Save | None:
    """Puts the parcel's desk in place, and its saves beside those here; what lay there is saved."""
    found = opened(content)
    if desk.MARK not in found["work"]:
        raise WorkbookError(NO_PARCEL)
    save = desk.replace(lambda folder: lay(folder, found.pop("work")))
    try:
        with lock.held(desk.LOCK):
            for name, files in found.items():
                if not (saves.SAVED / name).exists():
                    lay(saves.SAVED / name, files)
    except OSError as error:
        raise desk.not_ready(error) from None
    return save


def opened(content: bytes) -> dict[str, dict[str, File]]:
    """The files of each folder by their paths in it: of "work", and of each save by its name."""
    found: dict[str, dict[str, File]] = defaultdict(dict)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [each for each in archive.infolist() if not each.is_dir()]
            if len(entries) > MOST or sum(each.file_size for each in entries) > LARGEST:
                raise WorkbookError(TOO_LARGE)
            for entry in entries:
                folder, path = placed(entry.filename)
                found[folder][path] = archive.read(entry), entry.external_attr >> 16 & 0o777
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        raise WorkbookError(NO_PARCEL) from None
    return found


def placed(name: str) -> tuple[str, str]:
    """In which folder the file lies, and where in it; a WorkbookError where it would lead out."""
    top, *parts = PurePosixPath(name).parts
    folder = "work" if top == "work" else parts.pop(0) if top == "saved" and parts else ""
    is_safe = all(part not in (".", "..") and part.isprintable() for part in (folder, *parts))
    if not parts or not folder or not is_safe or set(name) & set('\\:*?"<>|'):
        raise WorkbookError(NO_PARCEL)
    if top == "saved" and folder == "work":
        raise WorkbookError(NO_PARCEL)
    return folder, "/".join(parts)


def lay(folder: Path, files: dict[str, File]) -> None:
    for path, (content, mode) in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        if mode:
            place.chmod(mode | 0o600)
