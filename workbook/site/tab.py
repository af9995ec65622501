"""What the interpreters of a tab load."""

import shutil
from pathlib import Path

from workbook.site import fetching

PYODIDE = [
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "pyodide.mjs",
    "pyodide-lock.json",
    "python_stdlib.zip",
]


def write(folder: Path) -> None:
    (folder / "pyodide").mkdir(parents=True)
    for name in PYODIDE:
        shutil.copyfile(fetching.pyodide() / name, folder / "pyodide" / name)
