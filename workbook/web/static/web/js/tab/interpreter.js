// A Python interpreter in this worker, with the workbook and the packages that it is made of.
import { loadPyodide } from "../../../../tab/pyodide/pyodide.mjs";

const BUNDLE = new URL("../../../../tab/", import.meta.url);
const PLACES = { "packages.zip": "/packages", "workbook.zip": "/workbook" };

export async function interpreter() {
  const archives = Object.entries(PLACES).map(async ([name, place]) => [place, await bytes(new URL(name, BUNDLE))]);
  const python = await loadPyodide({ env: { HOME: "/home", PYTHONDONTWRITEBYTECODE: "1" }, stdout: ignore, stderr: ignore });
  for (const [place, archive] of await Promise.all(archives)) python.unpackArchive(archive, "zip", { extractDir: place });
  python.runPython(`import sys; sys.path[:0] = ["/packages", "/workbook/workbook/tab/standins"]; sys.path.append("/workbook")`);
  return python;
}

async function bytes(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

function ignore() {}
