// Frames by hand: a socket of this page's own, at the room of its windows, sends what no page would.
import { element, say } from "./elements.js";
import { tab } from "./engine.js";

const SHOWN = 200; // characters of a frame

const part = document.querySelector(".frames");
const find = (name) => part.querySelector(name);
const [form, choice, field, binary, travelled] = ["form", ".examples", ".frame-text", ".binary", ".travelled"].map(find);
const room = document.querySelector(".try .room");
const Socket = tab ? await tab.standIn(part.dataset.step, part.dataset.sockets) : WebSocket;
const examples = JSON.parse(document.querySelector("#examples").textContent);
let socket;
let long; // the example in the field, where it is longer than a field shows

function show(mark, text, size) {
  const cut = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  const words = size === undefined ? [] : [" ", element("small", "", `${size} B`)];
  travelled.firstElementChild.append(element("li", "", element("b", "", mark), " ", element("bdi", "", cut), ...words));
  travelled.scrollTop = travelled.scrollHeight;
}

const bytes = (text) => new TextEncoder().encode(text);

function opened() {
  const address = `${part.dataset.sockets}/ws/chat/${encodeURIComponent(room.value.trim())}/`;
  if (socket?.url === new URL(address).href && socket.readyState <= WebSocket.OPEN) return Promise.resolve(socket);
  socket?.close();
  const made = new Socket(address);
  socket = made;
  made.addEventListener("message", ({ data }) => show("←", String(data), bytes(String(data)).length));
  made.addEventListener("close", ({ code }) => show("×", `${say.closed} ${code}`));
  return new Promise((resolve) => {
    made.addEventListener("open", () => resolve(made));
    made.addEventListener("close", () => resolve(undefined));
  });
}

async function send(event) {
  event.preventDefault();
  const text = long ?? field.value;
  const ready = await opened();
  if (!ready) return;
  show("→", text, bytes(text).length);
  ready.send(binary.checked ? bytes(text) : text);
}

function choose() {
  const { text, times, before, after, is_binary } = examples[choice.value];
  const whole = before + text.repeat(times) + after;
  long = times > 1 ? whole : undefined;
  field.value = times > 1 ? `${before}${text}${text}…${after}` : whole;
  binary.checked = is_binary;
}

form.querySelector("button").disabled = false;
form.addEventListener("submit", send);
choice.addEventListener("change", choose);
field.addEventListener("input", () => (long = undefined));
if (!field.value) choose(); // what was written before this module came is kept
