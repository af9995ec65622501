"""Python's own library: what an interpreter begins with, and what comes to it compressed better."""

import re
import zipfile
from collections.abc import Iterator

from workbook.site import fetching

FILE = "python_stdlib.zip"
# What Pyodide imports until it can unpack more.
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
# Doubles of what is in C here, what needs a terminal or another host, and what looks at programs.
NEVER_USED = re.compile(
    r"""
    (_pydatetime | _pyio | cProfile | compileall | imaplib | mailbox | modulefinder | pickletools
      | poplib | profile | pstats | pyclbr | tabnanny | trace | wave)\.py
    | xmlrpc/.*
    | _pyrepl/(?!__init__|pager|trace|types|utils).*
    | asyncio/(__main__|proactor_events|windows_\w+)\.py
    """,
    re.VERBOSE,
)


def beginning() -> Iterator[tuple[str, bytes]]:
    return (each for each in library() if BEGINNING.fullmatch(each[0]))


def rest() -> Iterator[tuple[str, bytes]]:
    return (each for each in library() if not BEGINNING.fullmatch(each[0]))


def library() -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(fetching.pyodide() / FILE) as archive:
        for name in archive.namelist():
            if not name.endswith("/") and not NEVER_USED.fullmatch(name):
                yield name, archive.read(name)
