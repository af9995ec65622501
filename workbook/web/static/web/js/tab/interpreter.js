// A Python interpreter in this worker, with the workbook and the packages that it is made of.
import { lay } from "./archive.js";
import { remember, remembered } from "./memory.js";
import { loadPyodide, version } from "./pyodide.js";

const BUNDLE = new URL("../../../../tab/", import.meta.url);
const PARTS = ["library", "packages", "workbook"];
const OPTIONS = { env: { HOME: "/home", PYTHONDONTWRITEBYTECODE: "1" }, stdout: ignore, stderr: ignore };
const END = 48; // bytes of an archive, in which is the checksum of its contents
const PAGE = 65_536; // bytes
// The library's packages that have begun are in two parts.
const PATHS = `
import sys
from pathlib import Path
sys.path[:0] = ["/packages", "/library", "/workbook/workbook/tab/standins"]
sys.path.append("/workbook")
for name, module in [*sys.modules.items()]:
    part = Path("/library", *name.split("."))
    if hasattr(module, "__path__") and part.is_dir():
        module.__path__.append(str(part))
`;
const IMPORTS = `
from workbook.tab import loop
loop.install()
from workbook.exercise import preload
`;
// What Pyodide puts first on the path at each beginning, and chances of this interpreter's own.
const AGAIN = `
import random, sys
sys.path.remove("")
random.seed()
`;

// With the memory of an earlier one, if there is any; who `remembers` keeps its own for later ones.
export async function interpreter({ remembers = false } = {}) {
  const archives = await Promise.all(PARTS.map((name) => bytes(new URL(`${name}.tar.xz`, BUNDLE))));
  const key = [version, ...archives.map((archive) => archive.slice(-END))].join();
  const old = await again(key).catch(ignore);
  const python = old ?? (await loadPyodide({ ...OPTIONS, _makeSnapshot: remembers }));
  archives.forEach((archive, at) => lay(python, archive, `/${PARTS[at]}`));
  python.runPython(old ? AGAIN : PATHS);
  if (remembers && !old) {
    python.runPython(IMPORTS);
    remember(key, python.makeMemorySnapshot()).catch(ignore); // without it the next one begins anew
  }
  return python;
}

async function again(key) {
  const memory = await remembered(key);
  if (!memory) return undefined;
  const python = await loadPyodide({ ...OPTIONS, _loadSnapshot: memory, createPyodideModule: holding(memory.length) });
  delete python._api.config._loadSnapshot; // it was copied
  return python;
}

// Pyodide's module, with room for a memory of that size.
function holding(size) {
  return async (settings) => {
    const { instantiateWasm } = settings;
    settings.instantiateWasm = (imports, receive) =>
      instantiateWasm(imports, (instance, module) => {
        const room = instance.exports.memory;
        room.grow(Math.max(0, Math.ceil((size - room.buffer.byteLength) / PAGE)));
        receive(instance, module);
      });
    const { default: begin } = await import("../../../../tab/pyodide/pyodide.asm.mjs");
    return begin(settings);
  };
}

async function bytes(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

function ignore() {}
