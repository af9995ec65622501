// The worker of the office, which `early.js` begins.
const { machine } = globalThis;

// `hear` is called with all that it says, `fail` if it cannot be had; undefined in a browser that is too old.
export function take(hear, fail) {
  const begun = machine.begun ?? machine.begin();
  if (!begun) return undefined;
  machine.begun = undefined;
  const { worker, said } = begun;
  worker.onmessage = ({ data }) => hear(data);
  worker.onerror = fail;
  for (const event of said) worker[`on${event.type}`](event);
  return worker;
}
