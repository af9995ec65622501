// Pyodide: its WebAssembly is compiled once for all workers of a page, and a worker can begin with another's memory.
const OPTIONS = { env: { HOME: "/home", PYTHONDONTWRITEBYTECODE: "1" }, stdout: ignore, stderr: ignore };
const PAGE = 65_536; // bytes
const { fetch } = globalThis;
// While these come, what needs neither can begin.
const coming = Promise.all(["pyodide.mjs", "pyodide.asm.mjs"].map((name) => import(`../../../../tab/pyodide/${name}`)));

export async function versionOf() {
  const [{ version }] = await coming;
  return version;
}

export function compiled(wasm) {
  return WebAssembly.compileStreaming(new Response(wasm, { headers: { "Content-Type": "application/wasm" } }));
}

// An interpreter whose memory can be copied.
export function fresh(module, library) {
  return loaded(module, library, { _makeSnapshot: true });
}

// What to hand on: the memory as far as it is used, and its whole size.
export function copied(python) {
  const memory = python.makeMemorySnapshot();
  let used = memory.length;
  while (!memory[used - 1]) used -= 1;
  return { memory: memory.subarray(0, used), size: memory.length };
}

export async function copy(module, library, memory, size) {
  const python = await loaded(module, library, { _loadSnapshot: memory }, size);
  delete python._api.config._loadSnapshot;
  return python;
}

// By itself, Pyodide fetches WebAssembly and library each time, and where the one does not come it waits for ever.
async function loaded(module, library, options, size = 0) {
  const [{ loadPyodide }, { default: begin }] = await coming;
  globalThis.fetch = async (url, ...about) => {
    if (`${url}`.endsWith(".wasm")) return undefined; // the module is here
    if (`${url}`.endsWith(".zip")) return new Response(library);
    return fetch(url, ...about);
  };
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const instance = await WebAssembly.instantiate(module, imports);
    const { memory } = instance.exports;
    memory.grow(Math.max(0, Math.ceil((size - memory.buffer.byteLength) / PAGE)));
    return { instance, module };
  };
  return loadPyodide({ ...OPTIONS, ...options, createPyodideModule: begin });
}

function ignore() {}
