// The chat page's WebSocket: all that a real one has, over the port to the tab's server.
// A classic script, as the frame's others: in a frame without an origin a module would not load.
"use strict";
{
  const PROTOCOL = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
  const STATES = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 };
  const BROKEN = 1006;
  const LONGEST_REASON = 123; // bytes
  const open = new Map(); // by name
  let line; // to the server; undefined while it is away
  let base; // the page's address
  let count = 0;
  let hear; // what the server tells of a socket; the page has no name for it

  class WebSocket extends EventTarget {
    #name = String(++count);
    #url;
    #protocol = "";
    #state = STATES.CONNECTING;
    #waiting = 0;
    #binaryType = "blob";
    #code;
    #handlers = {};

    constructor(...given) {
      super();
      if (given.length === 0) throw new TypeError(failed("construct 'WebSocket'", "1 argument required, but only 0 present."));
      this.#url = parsed(given[0]);
      const protocols = offered(given[1]);
      open.set(this.#name, this);
      if (line && here(this.#url)) line({ do: "open", socket: this.#name, address: this.#url, subprotocols: protocols });
      else queueMicrotask(() => setTimeout(() => this.#failed("")));
    }

    get url() {
      return this.#url;
    }

    get protocol() {
      return this.#protocol;
    }

    get extensions() {
      return "";
    }

    get readyState() {
      return this.#state;
    }

    get bufferedAmount() {
      return this.#waiting;
    }

    get binaryType() {
      return this.#binaryType;
    }

    set binaryType(type) {
      if (["blob", "arraybuffer"].includes(String(type))) this.#binaryType = String(type);
    }

    send(...given) {
      if (given.length === 0) throw new TypeError(failed("execute 'send' on 'WebSocket'", "1 argument required, but only 0 present."));
      if (this.#state === STATES.CONNECTING) {
        throw new DOMException(failed("execute 'send' on 'WebSocket'", "Still in CONNECTING state."), "InvalidStateError");
      }
      const data = sendable(given[0]);
      const size = sizeOf(data);
      this.#waiting += size;
      if (this.#state !== STATES.OPEN) return;
      if (data instanceof Blob) this.#sendLater(data, size);
      else this.#pass(data, size);
    }

    // What is sent after a Blob waits until that has been read.
    #sendLater(blob, size) {
      this.#reading = this.#reading.then(() => blob.arrayBuffer()).then((data) => this.#tell({ do: "send", socket: this.#name, data, size }));
      this.#isReading = true;
      const reading = this.#reading;
      reading.then(() => (this.#isReading &&= this.#reading !== reading));
    }

    #reading = Promise.resolve();
    #isReading = false;

    #pass(data, size) {
      const word = { do: "send", socket: this.#name, data, size };
      if (this.#isReading) this.#reading = this.#reading.then(() => this.#tell(word));
      else this.#tell(word);
    }

    #tell(word) {
      line?.(word);
    }

    close(code, reason) {
      if (code !== undefined) {
        code = short(code);
        if (code !== 1000 && !(3000 <= code && code <= 4999)) {
          const words = `The close code must be either 1000, or between 3000 and 4999. ${code} is neither.`;
          throw new DOMException(failed("execute 'close' on 'WebSocket'", words), "InvalidAccessError");
        }
      }
      if (reason !== undefined && sizeOf(wellFormed(reason)) > LONGEST_REASON) {
        const words = `The close reason must not be greater than ${LONGEST_REASON} UTF-8 bytes.`;
        throw new DOMException(failed("execute 'close' on 'WebSocket'", words), "SyntaxError");
      }
      if (this.#state >= STATES.CLOSING) return;
      const early = this.#state === STATES.CONNECTING;
      this.#state = STATES.CLOSING;
      if (early) setTimeout(() => this.#failed("WebSocket is closed before the connection is established."));
      const word = { do: "close", socket: this.#name, code };
      if (this.#isReading) this.#reading.then(() => this.#tell(word));
      else this.#tell(word);
    }

    #failed(words) {
      if (this.#state === STATES.CLOSED) return;
      if (words) console.error(`WebSocket connection to '${this.#url}' failed: ${words}`);
      this.#ended(BROKEN, true);
    }

    #ended(code, isError) {
      if (this.#state === STATES.CLOSED) return;
      open.delete(this.#name);
      this.#state = STATES.CLOSED;
      if (isError) this.dispatchEvent(new Event("error"));
      this.dispatchEvent(new CloseEvent("close", { code, wasClean: code !== BROKEN }));
    }

    static {
      hear = (socket, { tell, about, size }) => {
        if (tell === "open" && socket.#state === STATES.CONNECTING) {
          socket.#state = STATES.OPEN;
          socket.#protocol = about;
          socket.dispatchEvent(new Event("open"));
        } else if (tell === "message" && socket.#state === STATES.OPEN) {
          const data = typeof about === "string" ? about : socket.#binaryType === "blob" ? new Blob([about]) : about.slice().buffer;
          socket.dispatchEvent(new MessageEvent("message", { data, origin: new URL(socket.#url).origin }));
        } else if (tell === "taken") {
          socket.#waiting -= size;
        } else if (tell === "refused") {
          socket.#code = about;
        } else if (tell === "close") {
          const refused = socket.#code && `Error during WebSocket handshake: Unexpected response code: ${socket.#code}`;
          if (socket.#state === STATES.CONNECTING) socket.#failed(refused ?? "Connection closed before receiving a handshake response");
          else socket.#ended(about, false);
        } else if (tell === "away") {
          if (socket.#state === STATES.CONNECTING) socket.#failed("Error in connection establishment: net::ERR_CONNECTION_RESET");
          else socket.#ended(BROKEN, false);
        }
      };
      for (const kind of ["open", "message", "error", "close"]) {
        Object.defineProperty(this.prototype, `on${kind}`, {
          enumerable: true,
          configurable: true,
          get() {
            return this.#handlers[kind]?.handler ?? null;
          },
          set(handler) {
            handler = typeof handler === "function" || (typeof handler === "object" && handler) ? handler : null;
            const known = this.#handlers[kind];
            if (known) known.handler = handler;
            if (known || !handler) return;
            const kept = (this.#handlers[kind] = { handler });
            this.addEventListener(kind, (event) => typeof kept.handler === "function" && kept.handler.call(this, event));
          },
        });
      }
    }
  }

  for (const [name, value] of Object.entries(STATES)) {
    for (const owner of [WebSocket, WebSocket.prototype]) Object.defineProperty(owner, name, { value, enumerable: true });
  }
  Object.defineProperty(WebSocket.prototype, Symbol.toStringTag, { value: "WebSocket", configurable: true });

  function failed(what, why) {
    return `Failed to ${what}: ${why}`;
  }

  function parsed(given) {
    const words = (why) => failed("construct 'WebSocket'", why);
    let url;
    try {
      url = new URL(String(given), base);
    } catch {
      throw new DOMException(words(`The URL '${given}' is invalid.`), "SyntaxError");
    }
    url.protocol = url.protocol.replace(/^http/, "ws");
    if (!["ws:", "wss:"].includes(url.protocol)) {
      const why = `The URL's scheme must be either 'http', 'https', 'ws', or 'wss'. '${url.protocol.slice(0, -1)}' is not allowed.`;
      throw new DOMException(words(why), "SyntaxError");
    }
    if (url.href.includes("#")) {
      const why = `The URL contains a fragment identifier ('${url.hash.slice(1)}'). Fragment identifiers are not allowed in WebSocket URLs.`;
      throw new DOMException(words(why), "SyntaxError");
    }
    return url.href;
  }

  function offered(given = []) {
    const protocols = typeof given === "object" && given?.[Symbol.iterator] ? Array.from(given, String) : [String(given)];
    protocols.forEach((protocol, at) => {
      const why = PROTOCOL.test(protocol) ? "is duplicated" : "is invalid";
      if (why === "is invalid" || protocols.indexOf(protocol) < at) {
        throw new DOMException(failed("construct 'WebSocket'", `The subprotocol '${protocol}' ${why}.`), "SyntaxError");
      }
    });
    return protocols;
  }

  function here(url) {
    const { protocol, host } = new URL(url);
    return protocol === "ws:" && host === new URL(base).host;
  }

  function sendable(data) {
    if (data instanceof Blob) return data;
    if (data instanceof ArrayBuffer) return data.slice();
    if (ArrayBuffer.isView(data)) return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
    return wellFormed(data);
  }

  function wellFormed(text) {
    return `${text}`.toWellFormed();
  }

  function sizeOf(data) {
    return typeof data === "string" ? new TextEncoder().encode(data).length : (data.byteLength ?? data.size);
  }

  // As Web IDL makes a clamped unsigned short of any value.
  function short(value) {
    const number = Number(value);
    return Number.isNaN(number) ? 0 : Math.round(Math.min(Math.max(number, 0), 65535));
  }

  globalThis.parts = {
    WebSocket,
    sockets: {
      serve(address, word) {
        base = address;
        line = word;
      },
      hear(record) {
        const socket = open.get(record.socket);
        if (socket) hear(socket, record);
      },
      away() {
        line = undefined;
        for (const socket of [...open.values()]) hear(socket, { tell: "away" });
      },
    },
  };
}
