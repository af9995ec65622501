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
  const compiling = compiled();
  const fetched = Promise.all(PARTS.map((name) => bytes(new URL(`${name}.tar.xz`, BUNDLE))));
  const kept = fetched.then((archives) => remembered(keyOf(archives)).catch(ignore));
  const made = kept.then(async (kit) => (kit ? { kit } : make(await compiling, await fetched)));
  const kit = Promise.all([made, compiling]).then(([{ kit }, module]) => ({ ...kit, module }));
  const python = made.then(async ({ python }) => python ?? another(await kit).catch(forget));
  return { python, kit };
}

function keyOf(archives) {
  return [version, ...archives.map((archive) => archive.slice(-END))].join();
}

async function make(module, archives) {
  const python = await fresh(module);
  const contents = archives.map((archive) => inflated(python, archive));
  const files = contents.map(index);
  PARTS.forEach((part, at) => unpack(python, contents[at], files[at], `/${part}`));
  python.runPython(PATHS + IMPORTS);
  const { memory, size } = copied(python);
  const kit = { memory: new Blob([memory]), size, contents: contents.map((each) => new Blob([each])), files };
  memory.buffer.transfer?.(0);
  remember(keyOf(archives), kit).catch(ignore); // without it the next visit makes it anew
  return { python, kit };
}

export async function another({ module, memory, size, contents, files }) {
  const [held, own] = await Promise.all([memory, contents.at(-1)].map(read));
  const python = await copy(module, held, size);
  held.buffer.transfer?.(0);
  PARTS.slice(0, -1).forEach((part, at) => mount(python, contents[at], files[at], `/${part}`));
  unpack(python, own, files.at(-1), `/${PARTS.at(-1)}`);
  python.runPython(AGAIN);
  return python;
}

async function bytes(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

// Into a place of its own: what the browser would give out as a whole is freed much later.
async function read(blob) {
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
