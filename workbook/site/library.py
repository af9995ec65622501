"""Python's own library: what an interpreter begins with is compiled, since nothing is sooner."""

import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from workbook import environment
from workbook.errors import WorkbookError
from workbook.invocation import typed
from workbook.languages import Bilingual, bilingual
from workbook.site import fetching
from workbook.site.archive import zipped

FILE = "python_stdlib.zip"
COMPILER = Path(__file__).with_name("compiled.mjs")
# What Pyodide imports until there is more.
BEGINNING = re.compile(
    r"""
    (
      __future__ | _colorize | _opcode_metadata | _py_warnings | _ssl | _weakrefset | annotationlib
      | ast | base64 | bisect | bz2 | codeop | contextlib | contextvars | copy | copyreg
      | dataclasses | dis | enum | fnmatch | functools | glob | heapq | inspect | keyword
      | linecache | locale | lzma | opcode | operator | random | reprlib | selectors | shutil
      | signal | socket | ssl | struct | subprocess | tempfile | textwrap | threading | token
      | tokenize | traceback | types | typing | warnings | weakref
    )\.py
    | (_pyodide | collections | compression | json | pathlib | re | string | zipfile)/.*
    | asyncio/(?!tools).*
    | pyodide/(?!_nodesock|console|http).*
    | (concurrent/(futures/(_base|__init__)|__init__) | logging/__init__
      | encodings/(__init__|aliases|utf_8) | importlib/(__init__|_abc|abc))\.py
    """,
    re.VERBOSE,
)
THROWN = re.compile(r"^\w*Error\b.*", re.MULTILINE)
OF_PYODIDE = re.compile(r"_?pyodide/.*")
# Doubles of what is in C here, what needs a terminal, processes or another host, and what looks at
# programs.
NEVER_USED = re.compile(
    r"""
    (_pydatetime | _pyio | cProfile | compileall | imaplib | mailbox | modulefinder | pickletools
      | poplib | profile | pstats | pyclbr | tabnanny | trace | wave)\.py
    | multiprocessing/(?!__init__|context|process|reduction).*
    | xmlrpc/.*
    | _pyrepl/(?!__init__|pager|trace|types|utils).*
    | asyncio/(__main__|proactor_events|windows_\w+)\.py
    """,
    re.VERBOSE,
)


def compiled() -> bytes:
    """The zip of what an interpreter begins with; its sources are expected in `/library`."""
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "source.zip"), Path(folder, "target.zip")
        zipped(source, (each for each in library() if BEGINNING.fullmatch(each[0])))
        command: list[str | Path] = [
            fetching.program("node"),
            COMPILER,
            fetching.pyodide(),
            source,
            target,
        ]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace")
        if done.returncode:
            raise not_compiled(done.stdout + done.stderr)
        return target.read_bytes()


def not_compiled(output: str) -> WorkbookError:
    thrown = THROWN.search(output)  # after it come the trace and the version
    reason = bilingual(thrown[0]) if thrown else environment.last_error(output)
    return WorkbookError(
        Bilingual(
            f"Node.js could not compile Python's library: {reason.en}",
            f"لم يستطع Node.js تجهيز مكتبة Python: {reason.ar}",
        ),
        Bilingual(
            f"install Node.js 20 or later, and try again: {typed('site')}",
            f"ثبّت Node.js 20 أو أحدث وأعد المحاولة: {typed('site')}",
        ),
    )


def sources() -> Iterator[tuple[str, bytes]]:
    """All of it that is imported later, or shown in a traceback."""
    return (each for each in library() if not OF_PYODIDE.match(each[0]))


def library() -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(fetching.pyodide() / FILE) as archive:
        for name in archive.namelist():
            if not name.endswith("/") and not NEVER_USED.fullmatch(name):
                yield name, archive.read(name)
