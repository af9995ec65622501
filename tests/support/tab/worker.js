// Stands for the server's worker: what a window says goes to `tests.support.bridge` and back.
const KEY = "bytes in base64";
const address = new URL(location.href).searchParams.get("bridge");
const lines = new Map();

self.onmessage = ({ data, ports: [port] }) => {
  if (data.do === "leave") lines.get(data.name)?.close();
  if (data.do === "enter") enter(data.name, port);
};

function enter(name, port) {
  const line = new WebSocket(`${address}/${name}`);
  const opened = new Promise((resolve) => (line.onopen = resolve));
  lines.set(name, line);
  line.onmessage = ({ data }) => port.postMessage(JSON.parse(data, unpacked));
  port.onmessage = ({ data }) => opened.then(() => line.send(JSON.stringify(data, packed)));
}

function packed(_, value) {
  if (!(value instanceof ArrayBuffer)) return value;
  return { [KEY]: btoa(Array.from(new Uint8Array(value), (byte) => String.fromCharCode(byte)).join("")) };
}

function unpacked(_, value) {
  return value?.[KEY] === undefined ? value : Uint8Array.from(atob(value[KEY]), (sign) => sign.charCodeAt(0));
}
