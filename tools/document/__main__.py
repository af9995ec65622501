"""Makes `tests/document.js` of every step anew. Run by `python -m tools.document`.

It needs Node.js with npm, which fetches what stands in PACKAGES.
"""

import hashlib
import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from workbook.steps import all_steps

HERE = Path(__file__).parent
PACKAGES = {"domino": "2.1.8", "esbuild": "0.28.2"}
OPTIONS = ["--bundle", "--minify", "--keep-names", "--format=iife", "--target=es2023"]
ABOUT = """\
/*
A document without a browser, to run a page's scripts in. It is made from smaller files by
esbuild {esbuild}, and holds domino {domino}, whose licence follows.
Made from {digest}.

{licence}
*/
"""


def main():
    with TemporaryDirectory() as folder:
        made = bundle(Path(folder))
    for step in all_steps():
        (step.path / "tests" / "document.js").write_text(made, "utf-8", newline="\n")


def bundle(folder):
    """The whole as one script, made in a folder that is thrown away afterwards."""
    packages = [f"{name}@{version}" for name, version in PACKAGES.items()]
    subprocess.run(["npm", "install", "--silent", *packages], cwd=folder, check=True)
    modules = folder / "node_modules"
    # A third of domino reads style sheets; `values.js` reads what a style attribute needs.
    (modules / "domino" / "lib" / "cssparser.js").write_text("module.exports = {};\n")
    licence = (modules / "domino" / "LICENSE").read_text("utf-8").strip()
    esbuild = [modules / ".bin" / "esbuild", HERE / "acts.js", *OPTIONS]
    script = subprocess.check_output(
        [*esbuild, "--define:global=globalThis"],
        env={**os.environ, "NODE_PATH": str(modules)},
        text=True,
        encoding="utf-8",
    )
    return ABOUT.format(**PACKAGES, digest=digest(), licence=licence) + script


def digest():
    """What the sources are known by: a test sees whether the script was made from them."""
    contents = hashlib.sha256()
    for path in sorted(HERE.glob("*.js")):
        contents.update(path.read_bytes())
    return contents.hexdigest()


if __name__ == "__main__":
    main()
