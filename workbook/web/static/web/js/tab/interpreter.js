// A Python interpreter in this worker, with the workbook and the packages that it is made of.
import { lay } from "./archive.js";
import { loadPyodide } from "./pyodide.js";

const BUNDLE = new URL("../../../../tab/", import.meta.url);
const PARTS = ["library", "packages", "workbook"];
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

export async function interpreter() {
  const archives = PARTS.map(async (name) => [`/${name}`, await bytes(new URL(`${name}.tar.xz`, BUNDLE))]);
  const python = await loadPyodide({ env: { HOME: "/home", PYTHONDONTWRITEBYTECODE: "1" }, stdout: ignore, stderr: ignore });
  for (const [place, archive] of await Promise.all(archives)) lay(python, archive, place);
  python.runPython(PATHS);
  return python;
}

async function bytes(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

function ignore() {}
