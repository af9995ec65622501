// The worker behind this page, from when something is first asked of it: the office, and what that serves.
import { Server } from "./server.js";

const servers = new Map(); // by the names of their steps
let worker;

export function tell(word, ports) {
  worker ??= begun();
  worker.postMessage(word, ports);
}

// A step's server as its windows know it, also while nothing is served.
export function serverOf(step) {
  if (!servers.has(step)) servers.set(step, new Server());
  return servers.get(step);
}

function begun() {
  const made = new Worker(new URL("machine.js", import.meta.url), { type: "module" });
  made.onmessage = ({ data: { step, isServed } }) => {
    const way = { postMessage: (word, ports = []) => tell({ ...word, step }, ports) };
    if (isServed) serverOf(step).serve(way);
    else serverOf(step).away();
  };
  return made;
}
