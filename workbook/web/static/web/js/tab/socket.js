// A page's socket to the tab's own office, as a WebSocket to a walkthrough on a machine.
import { knock, office, tell } from "./office.js";

const SITE = new URL("../../../../", import.meta.url).pathname;

export class TabSocket extends EventTarget {
  readyState = WebSocket.CONNECTING;

  constructor(address) {
    super();
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    port1.onmessage = ({ data }) => this.heard(data);
    const path = address.pathname.slice(SITE.length - 1).replace(/index\.html$/, "");
    tell({ path }, [port2]);
    office.addEventListener("end", () => this.heard({ kind: "close" }), { once: true });
  }

  heard({ kind, text }) {
    if (this.readyState === WebSocket.CLOSED) return;
    if (kind === "open") this.readyState = WebSocket.OPEN;
    if (kind === "close") this.readyState = WebSocket.CLOSED;
    this.dispatchEvent(Object.assign(new Event(kind), { data: text }));
  }

  send(text) {
    this.port.postMessage({ kind: "say", text });
    knock();
  }

  close() {
    this.port.postMessage({ kind: "close" });
    this.heard({ kind: "close" }); // whether or not somebody is there
  }
}
