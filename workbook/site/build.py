"""Builds the site: the same bytes each time, with compressed copies for servers that know them."""

import gzip
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from workbook.errors import WorkbookError
from workbook.invocation import typed
from workbook.languages import Bilingual
from workbook.site import offline, search
from workbook.site.fetching import CACHE
from workbook.site.pages import LOST, lost, pages
from workbook.web import offer
from workbook.web.assets import ASSETS, FIGURES

WORKER = "worker.js"
COMPRESSED = {".css", ".html", ".js", ".json", ".mjs", ".svg", ".wasm", ".webmanifest"}


def build(folder: Path, bundle: Callable[[Path], None]) -> None:
    """Writes the site; one that lies there is replaced when the new one is whole.

    `bundle` writes into a folder what the interpreters of a tab load.
    """
    require_own(folder)
    CACHE.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=CACHE) as beside:
        made = Path(beside, "site")
        write(made, bundle)
        shutil.rmtree(folder, ignore_errors=True)
        made.replace(folder)


def require_own(folder: Path) -> None:
    if folder.exists() and not (folder / WORKER).exists():
        raise WorkbookError(
            Bilingual(
                f"What lies in {folder.name} is not a site of the workbook.",
                f"ما في المجلد {folder.name} ليس موقعًا بناه الدفتر.",
            ),
            Bilingual(
                f"move it elsewhere and try again: {typed('site')}",
                f"انقله إلى مكان آخر وأعد المحاولة: {typed('site')}",
            ),
        )


def write(folder: Path, bundle: Callable[[Path], None]) -> None:
    for source, name in [(ASSETS, "static"), (FIGURES, "figures")]:
        shutil.copytree(source, folder / name)
    bundle(folder / "tab")
    for name, text in texts():
        put(folder / name, text)
    put(folder / WORKER, offline.worker(folder))
    put(folder / LOST, lost())
    put(folder / ".nojekyll", "")  # a host that makes sites of Markdown leaves these files alone
    put(folder / offer.SOURCES, offer.sources())
    compress(folder)


def texts() -> Iterator[tuple[str, str]]:
    """The files that are made here, each with its name."""
    for page in pages():
        yield page.file, page.html
    yield from search.indexes()
    yield from offline.manifests()


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


def compress(folder: Path) -> None:
    """Lays a compressed copy beside each file that has use for one; some servers give it out."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in COMPRESSED:
            packed = gzip.compress(path.read_bytes(), mtime=0)
            path.with_name(f"{path.name}.gz").write_bytes(packed)
