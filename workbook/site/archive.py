"""Archives as an interpreter in a tab takes them: small, the same bytes whenever they are made."""

import io
import lzma
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)
WINDOW = 1 << 23  # bytes that unpacking takes of a memory that never shrinks
TEXT = [{"id": lzma.FILTER_LZMA2, "preset": 9, "dict_size": WINDOW, "lc": 4, "lp": 0, "pb": 0}]


def zipped(target: Path, entries: Iterable[tuple[str, bytes]]) -> None:
    """For what is loaded before anything could unpack more."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED, 9)


def packed(target: Path, entries: Iterable[tuple[str, bytes]]) -> None:
    """Compressed as a whole, each content once: the steps have many files in common."""
    contents = io.BytesIO()
    first: dict[bytes, str] = {}
    with tarfile.open(fileobj=contents, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in entries:
            about = tarfile.TarInfo(name)
            if content in first:
                about.type, about.linkname = tarfile.LNKTYPE, first[content]
            else:
                first[content], about.size = name, len(content)
            archive.addfile(about, io.BytesIO(content))
    target.write_bytes(compressed(contents.getvalue()))


def compressed(content: bytes) -> bytes:
    return lzma.compress(content, check=lzma.CHECK_CRC32, filters=TEXT)
