"""What an interpreter in a browser's tab loads: Python itself, the packages, and the workbook."""

import json
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import forbiddenfruit

from workbook.diff import files
from workbook.site import fetching, library
from workbook.site.archive import compressed, packed
from workbook.steps import ROOT

PYODIDE = [
    "pyodide.asm.mjs",
    "pyodide.mjs",
]
WASM = "pyodide.asm.wasm"
LOCK = "pyodide-lock.json"
PACKAGES = [  # of requirements.txt
    "asgiref",
    "blockbuster",
    "channels",
    "django",
    "iniconfig",
    "markdown-it-py",
    "mdurl",
    "packaging",
    "pluggy",
    "pygments",
    "pytest",
    "pytest-asyncio",
    "pytest-django",
    "sqlparse",
    "tzdata",
]
# What no step uses, and no project that is a chat: maps, other databases, what the admin's pages
# look like, translations but the default language's, without which Django does not start.
NEVER_USED = re.compile(
    r"""
    django/contrib/(admindocs|gis|flatpages|redirects|sitemaps|syndication|postgres)/
    | django/(conf|contrib/\w+)/locale/(?!en/|__init__|ar/formats)
    | django/contrib/admin/static/
    | django/db/backends/(mysql|oracle|postgresql)/
    | packaging/(licenses/|metadata|pylock)
    | pygments/formatters/(?!__init__|_mapping|html|other|terminal)
    | pygments/lexers/(?!__init__|_css|_mapping|[a-z])
    | pygments/lexers/(?!_|configs|css|diff|html|javascript|python|shell|special|web)
    | pygments/styles/(?!__init__|_mapping|default)
    | tzdata/zoneinfo/\w+\.(tab|zi)$
    | (?!django/conf/locale/en/).*\.(mo|po)$
    | .*\.dist-info/(RECORD|WHEEL|licenses/AUTHORS.*)$
    """,
    re.VERBOSE,
)
OF_THE_WORKBOOK = ["notes", "steps", "workbook"]
OF_PAGES = re.compile(r"figures/|(proofreading|site)/|web/(static|templates)/|.*\.png$")


def write(folder: Path) -> None:
    """Writes it into the folder."""
    pyodide = folder / "pyodide"
    pyodide.mkdir(parents=True)
    for name in PYODIDE:
        shutil.copyfile(fetching.pyodide() / name, pyodide / name)
    (pyodide / f"{WASM}.xz").write_bytes(compressed((fetching.pyodide() / WASM).read_bytes()))
    (pyodide / LOCK).write_text(lock(), "utf-8")
    packed(folder / "interpreter.tar.xz", contents())


def contents() -> Iterator[tuple[str, bytes]]:
    """The files of an interpreter, each with its path there."""
    yield "beginning.zip", library.compiled()
    yield from under("library", library.sources())
    yield from under("packages", sorted([*of_wheels(), *installed()]))
    yield from under("workbook", workbook())


def under(place: str, entries: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    return ((f"{place}/{name}", content) for name, content in entries)


def lock() -> str:
    """Pyodide's own list of packages, without those: none of them is here."""
    known = json.loads((fetching.pyodide() / LOCK).read_text("utf-8"))
    return json.dumps({**known, "packages": {}})


def of_wheels() -> Iterator[tuple[str, bytes]]:
    for wheel in fetching.wheels(PACKAGES):
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if not name.endswith("/") and not NEVER_USED.match(name):
                    yield name, archive.read(name)


def installed() -> Iterator[tuple[str, bytes]]:
    """The one package that has no wheel, as it was built here of its pinned source: one file."""
    yield "forbiddenfruit/__init__.py", Path(forbiddenfruit.__file__).read_bytes()


def workbook() -> Iterator[tuple[str, bytes]]:
    """The engine, the steps and the notes; not the pages and their scripts."""
    for top in OF_THE_WORKBOOK:
        for path in files(ROOT / top):
            if not OF_PAGES.match(path):
                name = PurePosixPath(top, path)
                yield str(name), (ROOT / name).read_bytes()
