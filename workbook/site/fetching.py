"""What the site takes of others: fetched by npm and pip, kept, and held to its hash each time.

What is kept is not fetched again, so that a second build needs no network.
"""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from workbook import environment, lock
from workbook.errors import WorkbookError
from workbook.invocation import typed
from workbook.languages import Bilingual
from workbook.steps import ROOT

CACHE = ROOT / ".site-cache"
LOCK = Path(__file__).parent / "package-lock.json"
PINS = ROOT / "requirements.txt"
FILES = ROOT / "requirements-files.txt"
TAB = {  # where a wheel is to run: Pyodide's own Python
    "implementation_name": "cpython",
    "platform_machine": "wasm32",
    "platform_python_implementation": "CPython",
    "python_full_version": "3.14.2",
    "python_version": "3.14",
    "sys_platform": "emscripten",
}
FOR_THE_TAB = ["--python-version=3.14", "--implementation=py", "--abi=none", "--platform=any"]
HELD = ["--require-hashes", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check"]
PURE = "-none-any.whl"
NO_NETWORK = (*environment.NO_NETWORK, "ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT")


class Kept(NamedTuple):
    """A file of the cache, and what it must be: `asked` is how its package is asked for."""

    asked: str
    name: str
    algorithm: str
    digest: str

    @property
    def path(self) -> Path:
        return CACHE / self.name


Fetcher = Callable[[list[Kept], Path], None]  # it puts the files into the folder


def pyodide() -> Path:
    """The folder of npm's package, unpacked."""
    archive = locked("pyodide")
    with cache():
        fetch([archive], npm)
        return unpacked(archive.path)


def wheels(names: Iterable[str]) -> list[Path]:
    """The wheels that the pins have of these packages, for the Python of a tab."""
    pins = pinned()
    wanted = [pins[canonicalize_name(name)] for name in names]
    with cache():
        fetch(wanted, pip)
    return [wheel.path for wheel in wanted]


def locked(name: str) -> Kept:
    found = json.loads(LOCK.read_text("utf-8"))["packages"][f"node_modules/{name}"]
    algorithm, _, digest = found["integrity"].partition("-")
    version = found["version"]
    digest = base64.b64decode(digest).hex()
    return Kept(f"{name}@{version}", f"{name}-{version}.tgz", algorithm, digest)


def pinned() -> dict[str, Kept]:
    """Each pinned package that has a wheel for the tab, by its name."""
    lines = FILES.read_text("utf-8").splitlines()[1:]
    names = {digest: name for name, digest in map(str.split, lines)}
    return {
        canonicalize_name(requirement.name): Kept(asked, names[digest], "sha256", digest)
        for requirement, asked, digest in pins()
        if names.get(digest, "").endswith(PURE) and is_meant(requirement)
    }


def pins() -> Iterator[tuple[Requirement, str, str]]:
    """Each file that the pins allow: its package, how pip is asked for it, its hash."""
    for line in PINS.read_text("utf-8").replace("\\\n", "").splitlines():
        pin, *digests = re.split(r"\s+--hash=sha256:", line.partition("#")[0].strip())
        for digest in digests:
            asked = f"{pin.partition(';')[0].strip()} --hash=sha256:{digest}"
            yield Requirement(pin), asked, digest


def is_meant(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({**TAB})


def cache() -> AbstractContextManager[int]:
    """The folder of what is kept, in which one command at a time works."""
    CACHE.mkdir(exist_ok=True)
    return lock.held(CACHE / ".lock")


def fetch(wanted: list[Kept], fetcher: Fetcher) -> None:
    """Fetches what is not kept, or not as it was; a WorkbookError if it is not what is meant."""
    missing = [each for each in wanted if not is_whole(each.path, each)]
    if not missing:
        return
    with TemporaryDirectory(dir=CACHE) as folder:
        fetcher(missing, Path(folder))
        for each in missing:
            require_whole(Path(folder, each.name), each)
            Path(folder, each.name).replace(each.path)


def is_whole(path: Path, meant: Kept) -> bool:
    return path.is_file() and (
        hashlib.new(meant.algorithm, path.read_bytes()).hexdigest() == meant.digest
    )


def require_whole(path: Path, meant: Kept) -> None:
    if not is_whole(path, meant):
        raise WorkbookError(
            Bilingual(
                f"{meant.name} as it was fetched is not the file that is pinned.",
                f"الملف {meant.name} كما جُلب ليس الملف المثبَّت في القوائم.",
            ),
            Bilingual(
                "ask who runs your package index what it gives, and try again",
                "اسأل المسؤول عن فهرس الحزم لديك عمّا يعطيه وأعد المحاولة",
            ),
        )


def npm(wanted: list[Kept], folder: Path) -> None:
    asked = [each.asked for each in wanted]
    run([program("npm"), "pack", "--loglevel=error", "--ignore-scripts", *asked], folder)


def program(name: str) -> str:
    """Where a program of Node.js is."""
    path = shutil.which(name)
    if path is None:
        raise WorkbookError(
            Bilingual(
                f"The site needs {name}, which is not on this machine.",
                f"يحتاج الموقع إلى {name}، وهو ليس على هذا الجهاز.",
            ),
            Bilingual(
                f"install Node.js, which brings it (Debian: sudo apt install npm): {typed('site')}",
                f"ثبّت Node.js وفيه npm (في Debian: sudo apt install npm): {typed('site')}",
            ),
        )
    return path


def pip(wanted: list[Kept], folder: Path) -> None:
    asked = folder / "asked.txt"
    asked.write_text("\n".join(each.asked for each in wanted), "utf-8")
    command = [sys.executable, "-m", "pip", "download", *HELD, *FOR_THE_TAB, "-r", str(asked)]
    run(command, folder)


def run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace")
    if done.returncode:
        raise not_fetched(done.stdout + done.stderr)


def not_fetched(output: str) -> WorkbookError:
    if any(sign in output for sign in NO_NETWORK):
        return WorkbookError(
            Bilingual(
                "The packages could not be fetched: there is no way to the package index.",
                "تعذّر جلب الحزم: لا طريق إلى فهرس الحزم.",
            ),
            Bilingual(
                f"connect this machine to the network for the first build: {typed('site')}",
                f"صِل هذا الجهاز بالشبكة في البناء الأول: {typed('site')}",
            ),
        )
    reason = environment.last_error(output)
    return WorkbookError(
        Bilingual(
            f"The packages could not be fetched: {reason.en}", f"تعذّر جلب الحزم: {reason.ar}"
        ),
        environment.MEND,
    )


def unpacked(archive: Path) -> Path:
    """The archive's folder, beside it; a file there that is not as in the archive is mended."""
    folder = archive.with_suffix("")
    for name, content in contents(archive):
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return folder


def contents(archive: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a package of npm's, all of which are in one folder there."""
    with tarfile.open(archive) as opened:
        for member in opened:
            file = opened.extractfile(member)
            if file:
                yield member.name.partition("/")[2], file.read()
