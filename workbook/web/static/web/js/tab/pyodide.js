// Pyodide, of which what does not come is told: by itself it warns of that, and waits for ever.
import { loadPyodide as load, version } from "../../../../tab/pyodide/pyodide.mjs";

export { version };

const cut = new Promise((_, reject) => ["instantiate", "instantiateStreaming"].forEach((name) => tell(name, reject)));

export function loadPyodide(options) {
  return Promise.race([load(options), cut]);
}

function tell(name, reject) {
  const own = WebAssembly[name];
  WebAssembly[name] = async (...about) => {
    try {
      return await own(...about);
    } catch (error) {
      reject(error);
      throw error;
    }
  };
}
