// The worker of the office: what it says before anybody listens waits.
let waiting;

export function begin() {
  let knowsModules = false;
  const options = {
    get type() {
      knowsModules = true;
      return "module";
    },
  };
  const isAble = globalThis.WebAssembly?.Exception && globalThis.BroadcastChannel;
  const worker = isAble && new Worker(new URL("machine.js", import.meta.url), options);
  if (!knowsModules) return;
  const said = [];
  worker.onmessage = worker.onerror = (event) => said.push(event);
  waiting = { worker, said };
}

// `hear` is called with all that it says, `fail` if it cannot be had; undefined in a browser that is too old.
export function take(hear, fail) {
  if (!waiting) begin();
  if (!waiting) return undefined;
  const { worker, said } = waiting;
  waiting = undefined;
  worker.onmessage = ({ data }) => hear(data);
  worker.onerror = fail;
  for (const event of said) worker[`on${event.type}`](event);
  return worker;
}
