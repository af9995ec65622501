// An interpreter that a learner's code may spoil: it is ended, and another takes its place.
import { doors } from "./doors.js";
import { another } from "./interpreter.js";
import { engines } from "./quickjs.js";

let begin;
const ready = new Promise((resolve) => (begin = (kit) => resolve(begun(kit)))); // what is said before waits for it

async function begun(kit) {
  const [python, quickjs] = await Promise.all([another(kit), engines()]);
  python.registerJsModule("workbook_browser", { quickjs, open, leave });
  const guest = python.pyimport("workbook.tab.entry").guest(post);
  self.postMessage({ kind: "warm" });
  return guest;

  // What Python serves is open to windows from now on.
  function open(service) {
    const served = service.copy();
    doors(served, python, turning(served));
    self.postMessage({ kind: "open" });
  }
}

// Its loop goes on when something has come, and when its time has.
function turning(service) {
  let timer;
  return function turn() {
    clearTimeout(timer);
    const seconds = service.turn();
    if (typeof seconds === "number") timer = setTimeout(turn, 1000 * seconds);
  };
}

function leave() {
  self.postMessage({ kind: "gone" });
}

function post(told) {
  const bytes = told.toJs();
  told.destroy();
  self.postMessage({ kind: "told", told: bytes });
}

self.onmessage = async ({ data }) => {
  if (data.do) return; // a window's, which comes in by the doors
  if (data.kit) {
    begin(data.kit);
    ready.catch(() => self.postMessage({ kind: "failed" }));
    return;
  }
  try {
    const guest = await ready;
    guest[data.word](...data.about);
  } catch {
    leave();
  }
};
