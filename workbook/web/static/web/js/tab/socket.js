// A page's socket to the tab's own office, as a WebSocket to a walkthrough on a machine.
const SITE = new URL("../../../../", import.meta.url).pathname;
let machine;

export class TabSocket extends EventTarget {
  readyState = WebSocket.CONNECTING;

  constructor(address) {
    super();
    machine ??= new Worker(new URL("machine.js", import.meta.url), { type: "module" });
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    port1.onmessage = ({ data }) => this.heard(data);
    const path = address.pathname.slice(SITE.length - 1).replace(/index\.html$/, "");
    machine.postMessage({ path, port: port2 }, [port2]);
  }

  heard({ kind, text }) {
    if (kind === "open") this.readyState = WebSocket.OPEN;
    if (kind === "close") this.readyState = WebSocket.CLOSED;
    this.dispatchEvent(Object.assign(new Event(kind), { data: text }));
  }

  send(text) {
    this.port.postMessage({ kind: "say", text });
  }

  close() {
    this.port.postMessage({ kind: "close" });
  }
}
