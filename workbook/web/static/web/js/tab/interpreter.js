// Python interpreters with the workbook and the packages that it is made of: the first as it comes, and others like it.
import { index, inflated, mount, unpack } from "./archive.js";
import { forget, remember, remembered } from "./memory.js";
import { compiled, copied, copy, fresh, version } from "./pyodide.js";

const BUNDLE = new URL("../../../../tab/", import.meta.url);
const PARTS = ["library", "packages", "workbook"];
const END = 48; // bytes of an archive, in which is the checksum of its contents
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
from workbook.tab import memory
memory.fill()
`;
// What Pyodide puts first on the path at each beginning, and chances of this interpreter's own.
const AGAIN = `
import random, sys
sys.path.remove("")
random.seed()
`;

// An interpreter, and the kit of others like it: the `module`, the `contents` of the archives, and the `memory` after all
// imports with its `size`. Where an earlier visit has kept that, it is there long before the interpreter.
export function first() {
  const fetched = Promise.all(PARTS.map((name) => fetchedBlob(`${name}.tar.xz`)));
  const kept = fetched.then(async (archives) => remembered(await keyOf(archives)).catch(ignore));
  const made = kept.then(async (kit) => (kit ? { kit, module: compiled(kit.wasm) } : make(await fetched)));
  const kit = made.then(async ({ kit, module }) => ({ ...kit, module: await module }));
  const python = made.then(async ({ python }) => python ?? another(await kit).catch(forget));
  return { python, kit };
}

async function keyOf(archives) {
  const ends = await Promise.all(archives.map((archive) => bytes(archive.slice(-END))));
  return [version, ...ends].join();
}

async function make(archives) {
  const wasm = await inflated(await fetchedBlob("pyodide/pyodide.asm.wasm.xz"));
  const module = await compiled(wasm);
  const contents = await Promise.all(archives.map(inflated));
  const laid = await Promise.all(contents.map(bytes));
  const files = laid.map(index);
  const python = await fresh(module);
  PARTS.forEach((part, at) => unpack(python, laid[at], files[at], `/${part}`));
  python.runPython(PATHS + IMPORTS);
  const { memory, size } = copied(python);
  const kit = { wasm, memory: new Blob([memory]), size, contents, files };
  remember(await keyOf(archives), kit).catch(ignore); // without it the next visit makes it anew
  return { python, module, kit };
}

export async function another({ module, memory, size, contents, files }) {
  const [held, own] = await Promise.all([memory, contents.at(-1)].map(bytes));
  const python = await copy(module, held, size);
  held.buffer.transfer?.(0); // at once: a worker that rests looks for nothing to free
  PARTS.slice(0, -1).forEach((part, at) => mount(python, contents[at], files[at], `/${part}`));
  unpack(python, own, files.at(-1), `/${PARTS.at(-1)}`);
  python.runPython(AGAIN);
  return python;
}

async function fetchedBlob(name) {
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
