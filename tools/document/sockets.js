// The WebSocket, whose other end is whoever runs the page.
import { URL } from "./address.js";
import { CloseEvent, Event, EventTarget, MessageEvent, dispatch } from "./events.js";
import { takeHandlers } from "./handlers.js";
import { extend, provide } from "./members.js";
import { page, record } from "./record.js";
import { later } from "./time.js";

const STATES = ["CONNECTING", "OPEN", "CLOSING", "CLOSED"];
const INSECURE =
  "An insecure WebSocket connection may not be initiated from a page loaded over HTTPS.";

export class WebSocket extends EventTarget {
  #socket;

  constructor(address, protocols = []) {
    super();
    const url = addressOf(`${address}`);
    const place = { scheme: url.protocol.slice(0, -1), host: url.host, path: url.pathname };
    this.#socket = { asked: `${address}`, url: url.href, ...place, state: 0, sent: [] };
    extend(this.#socket, { end: this });
    record.sockets.push(this.#socket);
    Object.assign(this, {
      binaryType: "blob",
      extensions: "",
      protocol: [protocols].flat()[0] ?? "",
    });
  }
  get url() {
    return this.#socket.url;
  }
  get readyState() {
    return this.#socket.state;
  }
  get bufferedAmount() {
    return 0;
  }
  send(data) {
    if (this.readyState === 0) {
      const words = "Failed to execute 'send' on 'WebSocket': Still in CONNECTING state.";
      throw new DOMException(words, "InvalidStateError");
    }
    if (this.readyState === 1) this.#socket.sent.push(`${data}`);
  }
  close(code = 1005, reason = "") {
    if (this.readyState > 1) return;
    this.#socket.state = 2;
    later(() => closed(this.#socket, { code, reason, wasClean: true }));
  }
}

STATES.forEach((name, state) => (WebSocket[name] = WebSocket.prototype[name] = state));
takeHandlers(WebSocket.prototype, ["open", "message", "close", "error"]);
provide({ WebSocket });

function addressOf(address) {
  const url = URL.parse(address, page.document.baseURI);
  if (url) url.protocol = url.protocol.replace(/^http/, "ws");
  if (!url || !/^wss?:$/.test(url.protocol) || url.hasFragment) {
    const words = `Failed to construct 'WebSocket': The URL '${address}' is invalid.`;
    throw new DOMException(words, "SyntaxError");
  }
  if (page.address.protocol === "https:" && url.protocol === "ws:") {
    throw new DOMException(`Failed to construct 'WebSocket': ${INSECURE}`, "SecurityError");
  }
  return url;
}

export function opened(socket) {
  if (socket.state !== 0) return;
  socket.state = 1;
  dispatch(socket.end, new Event("open"));
}

export function received(socket, data) {
  const { origin } = new URL(socket.url);
  if (socket.state === 1) dispatch(socket.end, new MessageEvent("message", { data, origin }));
}

export function closed(socket, how) {
  if (socket.state === 3) return;
  const failed = socket.state === 0;
  socket.state = 3;
  if (failed) dispatch(socket.end, new Event("error"));
  dispatch(socket.end, new CloseEvent("close", how));
}
