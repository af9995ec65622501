// Python's own compiler, of the interpreter that a tab has: a zip of modules in, a zip of what they are compiled to out.
// Run with the folder of Pyodide and the paths of both; where it finds a module's source is the tab's affair.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, source, target] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: folder }); // of itself it finds no folder with brackets in its name
python.FS.writeFile("/source.zip", readFileSync(source));
python.runPython(`
import importlib.util
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc

with zipfile.ZipFile("/source.zip") as source, zipfile.ZipFile("/target.zip", "w") as target:
    for entry in source.infolist():
        content = source.read(entry)
        if entry.filename.endswith(".py"):
            code = compile(content, f"/library/{entry.filename}", "exec", dont_inherit=True)
            content = _code_to_hash_pyc(code, importlib.util.source_hash(content), checked=False)
            entry = zipfile.ZipInfo(f"{entry.filename}c", entry.date_time)
        target.writestr(entry, content, zipfile.ZIP_STORED)
`);
writeFileSync(target, python.FS.readFile("/target.zip"));
