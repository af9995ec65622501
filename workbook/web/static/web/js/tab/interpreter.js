// Python interpreters with the workbook and the packages that it is made of: the first as it comes, and others like it.
import { index, inflated, mount, unpack } from "./archive.js";
import { forget, remember, remembered } from "./memory.js";
import { compiled, copied, copy, fresh, versionOf } from "./pyodide.js";

const BUNDLE = new URL("../../../../tab/", import.meta.url);
const BEGINNING = "beginning.zip";
const READ = ["library", "packages"];
const WRITTEN = "workbook"; // the desk lies in it
const END = 48; // bytes of an archive, in which is the checksum of its contents
// The library's packages that have begun are in two parts; of the first, only the sources are in the second.
const PATHS = `
import sys
from pathlib import Path
sys.path[:0] = ["/packages", "/workbook/workbook/tab/standins"]
sys.path += ["/library", "/workbook"]
for name, module in [*sys.modules.items()]:
    part = Path("/library", *name.split("."))
    if hasattr(module, "__path__") and part.is_dir():
        module.__path__.append(str(part))
`;
const BEGIN = `
from workbook.tab import memory
memory.begin()
`;
const COMPILED = "/compiled";
const FILL = `
compiled = Path("${COMPILED}")
memory.fill(compiled.read_bytes())
compiled.unlink()
`;
// What Pyodide puts first on the path at each beginning, and chances of this interpreter's own.
const AGAIN = `
import random, sys
sys.path.remove("")
random.seed()
`;

// An interpreter, and the kit of others like it: the `module`, the archive's `contents` and where its `files` are in them,
// and the `memory` after all imports with its `size`. Where an earlier visit has kept that, it is there long before the
// interpreter.
export function first() {
  const fetched = fetchedBlob("interpreter.tar.xz");
  const kept = fetched.then(async (archive) => remembered(await keyOf(archive)).catch(ignore));
  const made = kept.then(async (kit) => (kit ? { kit, module: compiled(kit.wasm) } : make(await fetched)));
  const kit = made.then(async ({ kit, module }) => ({ ...kit, module: await module }));
  const python = made.then(async ({ python }) => python ?? kit.then(another).catch(forget));
  return { python, kit };
}

async function keyOf(archive) {
  return `${await versionOf()} ${await bytes(archive.slice(-END))}`;
}

async function make(archive) {
  const compiler = new Worker(new URL("compiler.js", import.meta.url), { type: "module" });
  const assembling = answered(compiler);
  const contents = await inflated(archive);
  const { wasm, module } = await assembling;
  const compiling = answered(compiler, { module, contents });
  const { python, files } = await laid(module, contents, [...READ, WRITTEN]);
  python.runPython(PATHS + BEGIN);
  python.FS.writeFile(COMPILED, (await compiling) ?? ""); // without it, it takes longer
  compiler.terminate();
  python.runPython(FILL);
  const { memory, size } = copied(python);
  const kit = { wasm, memory: new Blob([memory]), size, contents, files };
  remember(await keyOf(archive), kit).catch(ignore); // without it the next visit makes it anew
  return { python, module, kit };
}

// What the worker says next, perhaps to a question.
function answered(worker, question) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = reject;
    if (question) worker.postMessage(question);
  });
}

// A fresh interpreter, in which these folders of the archive lie.
export async function laid(module, contents, folders) {
  const held = await bytes(contents);
  const files = index(held);
  const python = await fresh(module, held.slice(...files.get(BEGINNING)));
  folders.forEach((folder) => unpack(python, held, files, folder));
  free(held);
  return { python, files };
}

export async function another({ module, memory, size, contents, files }) {
  const [used, held] = await Promise.all([memory, contents].map(bytes));
  const python = await copy(module, held.slice(...files.get(BEGINNING)), used, size);
  READ.forEach((top) => mount(python, contents, files, top));
  unpack(python, held, files, WRITTEN);
  [used, held].forEach(free);
  python.runPython(AGAIN);
  return python;
}

// At once: a worker that rests looks for nothing to free.
function free({ buffer }) {
  buffer.transfer?.(0);
}

export async function fetchedBlob(name) {
  const answer = await fetch(new URL(name, BUNDLE));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.blob();
}

// In a place of their own: what the browser would give out as a whole is freed much later.
async function bytes(blob) {
  const whole = new Uint8Array(blob.size);
  let at = 0;
  for (const reader = blob.stream().getReader(); ; ) {
    const { value, done } = await reader.read();
    if (done) return whole;
    whole.set(value, at);
    at += value.length;
  }
}

function ignore() {}
