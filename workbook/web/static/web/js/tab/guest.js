// An interpreter that a learner's code may spoil: it is ended, and another takes its place.
import { interpreter } from "./interpreter.js";
import { engines } from "./quickjs.js";

const ready = begun();

async function begun() {
  const [python, quickjs] = await Promise.all([interpreter(), engines()]);
  python.registerJsModule("workbook_browser", { quickjs });
  const guest = python.pyimport("workbook.tab.entry").guest(post);
  self.postMessage({ kind: "warm" });
  return guest;
}

function post(told) {
  const bytes = told.toJs();
  told.destroy();
  self.postMessage({ kind: "told", told: bytes });
}

self.onmessage = async ({ data }) => {
  try {
    const guest = await ready;
    guest[data.word](...data.about);
  } catch (error) {
    self.postMessage({ kind: "gone", error: String(error) });
  }
};
