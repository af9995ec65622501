"""Makes the page's CodeMirror anew, of the packages that `package-lock.json` holds to the byte.

Run by `python -m tools.editor`. It needs Node.js with npm.
"""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from workbook.steps import ROOT

HERE = Path(__file__).parent
SOURCES = ["codemirror.js", "package.json", "package-lock.json"]
MADE = ROOT / "workbook" / "web" / "static" / "web" / "vendor" / "codemirror.js"
OPTIONS = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--legal-comments=none"]
ABOUT = """\
/*
CodeMirror, in one script made by `python -m tools.editor` of these packages, unchanged:
{packages}
Made from {digest}.

{licences}
*/
"""


def main():
    with TemporaryDirectory() as folder:
        made = bundle(Path(folder))
    MADE.parent.mkdir(exist_ok=True)
    MADE.write_text(made, "utf-8", newline="\n")


def bundle(folder):
    """The whole as one script, made in a folder that is thrown away afterwards."""
    for name in SOURCES:
        shutil.copy(HERE / name, folder)
    subprocess.run(["npm", "ci", "--silent"], cwd=folder, check=True)
    modules = folder / "node_modules"
    esbuild = [modules / ".bin" / "esbuild", "codemirror.js", *OPTIONS]
    script = subprocess.check_output(esbuild, cwd=folder, text=True, encoding="utf-8")
    names = sorted(packages())
    return (
        ABOUT.format(
            packages=", ".join(f"{name} {packages()[name]}" for name in names),
            digest=digest(),
            licences="\n\n".join(licences(modules, names)),
        )
        + script
    )


def packages():
    """The name and the version of each package that is in the script."""
    locked = json.loads((HERE / "package-lock.json").read_text("utf-8"))["packages"]
    return {
        path.removeprefix("node_modules/"): each["version"]
        for path, each in locked.items()
        if path and "esbuild" not in path
    }


def licences(modules, names):
    """Each licence once: most are the same text."""
    return dict.fromkeys((modules / name / "LICENSE").read_text("utf-8").strip() for name in names)


def digest():
    """What the sources are known by: a test sees whether the script was made from them."""
    contents = hashlib.sha256()
    for name in SOURCES:
        contents.update((HERE / name).read_bytes())
    return contents.hexdigest()


if __name__ == "__main__":
    main()
