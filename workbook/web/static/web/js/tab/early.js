// In the head of a page that has an office behind it: its worker begins while the page is still read.
"use strict";
{
  const { src } = document.currentScript;
  globalThis.machine = { begun: begin(), begin };

  // A worker, and what it says before anybody listens; undefined in a browser that is too old.
  function begin() {
    let knowsModules = false;
    const options = {
      get type() {
        knowsModules = true;
        return "module";
      },
    };
    const isAble = globalThis.WebAssembly?.Exception && globalThis.BroadcastChannel;
    const worker = isAble && new Worker(new URL("machine.js", src), options);
    if (!knowsModules) return undefined;
    const said = [];
    worker.onmessage = worker.onerror = (event) => said.push(event);
    return { worker, said };
  }
}
