"""What an interpreter in a browser's tab loads: Python itself, the packages, and the workbook."""

import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import forbiddenfruit

from workbook.diff import files
from workbook.site import fetching
from workbook.steps import ROOT

PYODIDE = [
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "pyodide.mjs",
    "pyodide-lock.json",
    "python_stdlib.zip",
]
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
# What no step uses, and no project that is a chat: the admin, maps, other databases, translations
# but the default language's, without which Django does not start.
NEVER_USED = re.compile(
    r"""
    django/contrib/(admin|admindocs|gis|flatpages|redirects|sitemaps|syndication|postgres)/
    | django/(conf|contrib/\w+)/locale/(?!en/|__init__|ar/formats)
    | django/db/backends/(mysql|oracle|postgresql)/
    | pygments/lexers/(?!__init__|_|configs|css|diff|html|javascript|python|shell|special|web)
    | (?!django/conf/locale/en/).*\.(mo|po)$
    | .*\.dist-info/RECORD$
    """,
    re.VERBOSE,
)
OF_THE_WORKBOOK = ["notes", "steps", "workbook"]
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever they are made


def write(folder: Path) -> None:
    """Writes it into the folder."""
    (folder / "pyodide").mkdir(parents=True)
    for name in PYODIDE:
        shutil.copyfile(fetching.pyodide() / name, folder / "pyodide" / name)
    pack(folder / "packages.zip", sorted([*of_wheels(), *installed()]))
    pack(folder / "workbook.zip", workbook())


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
            if not path.startswith(("figures/", "web/static/", "web/templates/")):
                name = PurePosixPath(top, path)
                yield str(name), (ROOT / name).read_bytes()


def pack(target: Path, entries: Iterable[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED, 9)
