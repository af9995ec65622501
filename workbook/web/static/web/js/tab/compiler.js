// Beside the first interpreter of a first visit: compiles WebAssembly for all of them and then, in another, what it imports.
import { inflated } from "./archive.js";
import { fetchedBlob, laid } from "./interpreter.js";
import { compiled } from "./pyodide.js";

const ENGINE = "workbook/workbook/tab";
// What takes the longest of all that can be imported after the rest.
const FOLDERS = ["packages/channels", "packages/django", "packages/sqlparse", "library/email", "library/http", "library/urllib"];
const COMPILED = "/compiled";
const COMPILE = `
import sys
from pathlib import Path
sys.path.append("/${ENGINE}")
import compiler
Path("${COMPILED}").write_bytes(compiler.compiled(Path("/packages"), Path("/library")))
`;

self.onmessage = ({ data }) => answer(() => packages(data));
answer(assembly);

// Whoever asks is told nothing where it did not come.
async function answer(work) {
  self.postMessage(await work().catch(() => {}));
}

async function assembly() {
  const wasm = await inflated(await fetchedBlob("pyodide/pyodide.asm.wasm.xz"));
  return { wasm, module: await compiled(wasm) };
}

async function packages({ module, contents }) {
  const { python } = await laid(module, contents, [ENGINE, ...FOLDERS]);
  python.runPython(COMPILE);
  return python.FS.readFile(COMPILED);
}
