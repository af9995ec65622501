// The chat's windows where the page's own tab serves them, and a socket by hand.
import { say } from "../elements.js";
import { serverOf } from "./office.js";
import { ChatWindow } from "./window.js";

const made = new WeakMap(); // by the figures that they stand in

// Shows addresses of a step's server in figures; `another` opens one more, for a link that asks for it.
export function drawing(step, another) {
  return function draw(figure, address) {
    if (!made.has(figure)) {
      const words = { origin: new URL(address).origin, page: figure.querySelector("figcaption span").textContent };
      for (const name of ["address", "back", "again", "elsewhere", "lost"]) words[name] = say[`window_${name}`];
      made.set(figure, new ChatWindow(figure.querySelector(".tab-window"), serverOf(step), words, another));
    }
    made.get(figure).go({ to: address });
  };
}

export function close(figure) {
  made.get(figure)?.close();
}

// What stands for WebSocket at the step's server; the same as in a window.
export async function standIn(step, origin) {
  await import("./websocket.js");
  const { WebSocket, sockets } = globalThis.parts;
  const server = serverOf(step);
  const serve = () => {
    const port = server.enter("by hand");
    port.onmessage = ({ data }) => sockets.hear(data);
    sockets.serve(`${origin}/`, (word) => port.postMessage(word));
  };
  server.addEventListener("back", serve);
  server.addEventListener("away", () => sockets.away());
  if (server.worker) serve();
  return WebSocket;
}
