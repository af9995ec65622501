"""Makes a page's script anew, of the packages that its `package-lock.json` holds to the byte.

Run by `python -m tools.scripts codemirror`, or whichever folder of these it is. It needs Node.js
with npm.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from workbook.steps import ROOT

HERE = Path(__file__).parent
SOURCES = ["script.js", "package.json", "package-lock.json"]
BESIDE = {  # files of the packages that a script loads
    "quickjs": {
        "quickjs.wasm": "@jitl/quickjs-ng-wasmfile-release-sync/dist/emscripten-module.wasm",
    },
}
MADE = ROOT / "workbook" / "web" / "static" / "web" / "vendor"
FORMATS = {"acorn": "iife"}  # a script for a frame without an origin; the others are modules
OPTIONS = [
    "--bundle",
    "--minify",
    "--target=es2022",
    "--conditions=browser",
    "--legal-comments=none",
]
ABOUT = """\
/*
Made by `python -m tools.scripts {name}` of these packages, unchanged:
{packages}
Made from {digest}.

{licences}
*/
"""


def main():
    for name in sys.argv[1:] or names():
        with TemporaryDirectory() as folder:
            (MADE / f"{name}.js").write_text(bundle(name, Path(folder)), "utf-8", newline="\n")
            for target, source in BESIDE.get(name, {}).items():
                shutil.copyfile(Path(folder, "node_modules", source), MADE / target)


def names():
    return sorted(path.name for path in HERE.iterdir() if (path / "script.js").exists())


def bundle(name, folder):
    """The whole as one script, made in a folder that is thrown away afterwards."""
    for source in SOURCES:
        shutil.copy(HERE / name / source, folder)
    subprocess.run(["npm", "ci", "--silent"], cwd=folder, check=True)
    modules = folder / "node_modules"
    options = [*OPTIONS, f"--format={FORMATS.get(name, 'esm')}"]
    esbuild = [modules / ".bin" / "esbuild", "script.js", *options]
    script = subprocess.check_output(esbuild, cwd=folder, text=True, encoding="utf-8")
    found = packages(name)
    return (
        ABOUT.format(
            name=name,
            packages=", ".join(f"{each} {found[each]}" for each in sorted(found)),
            digest=digest(name),
            licences="\n\n".join(licences(modules, sorted(found))),
        )
        + script
    )


def packages(name):
    """The name and the version of each package that is in the script."""
    locked = json.loads((HERE / name / "package-lock.json").read_text("utf-8"))["packages"]
    return {
        path.removeprefix("node_modules/"): each["version"]
        for path, each in locked.items()
        if path and "esbuild" not in path
    }


def licences(modules, names):
    """Each licence once: most are the same text."""
    return dict.fromkeys(licence(modules / each) for each in names)


def licence(package):
    """Its file or, where it has none, what its script says of it at its head."""
    file = package / "LICENSE"
    if file.exists():
        return file.read_text("utf-8").strip()
    main = json.loads((package / "package.json").read_text("utf-8"))["main"]
    script = (package / main).read_text("utf-8")
    return script.removeprefix("/*!").partition("*/")[0].strip()


def digest(name):
    """What the sources are known by: a test sees whether the script was made from them."""
    contents = hashlib.sha256()
    for source in SOURCES:
        contents.update((HERE / name / source).read_bytes())
    return contents.hexdigest()


if __name__ == "__main__":
    main()
