"""Writes down the names of the files that the pins' hashes stand for: `python -m tools.wheels`.

Reads the pylock.toml that uv makes of the pins, on standard input; pyproject.toml has the command.
Where the files lie is left out.
"""

import sys
import tomllib
from posixpath import basename
from urllib.parse import urlsplit

from workbook.steps import ROOT

TABLE = ROOT / "requirements-files.txt"
HEAD = "# The files of the pinned packages, by their hashes; made by `python -m tools.wheels`.\n"


def main():
    packages = tomllib.load(sys.stdin.buffer)["packages"]
    lines = sorted(line for package in packages for line in files(package))
    TABLE.write_text(HEAD + "".join(lines), "utf-8", newline="\n")


def files(package):
    """A line for each file of a package: its name and its hash."""
    for file in [*package.get("wheels", []), *filter(None, [package.get("sdist")])]:
        yield f"{basename(urlsplit(file['url']).path)} {file['hashes']['sha256']}\n"


if __name__ == "__main__":
    main()
