// The way of a record as a picture: two windows with their consumers, the server and the layer between.
import { element } from "./elements.js";

const LEFT = { window: 1, consumer: 2 };
const RIGHT = { window: 6, consumer: 5 };
const SHARED = { page: 0, server: 3, layer: 4 };
const SIDES = [LEFT, RIGHT];
const heads = [...document.querySelectorAll(".lanes [data-side]")];
const sides = new Map(); // of each WebSocket, by its name
const open = new Set();

export function way({ name, kind, source, target }) {
  if (kind === "begun" || kind === "ended") forget();
  if (name) place(name);
  const [from, to] = [source, target].map((lane) => SHARED[lane] ?? (sides.get(name) ?? LEFT)[lane]);
  const dot = element("b", "from", name);
  dot.style.gridColumn = from + 1;
  const made = element("span", "way", ...(to === undefined ? [] : [arrow(from, to)]), dot);
  made.ariaHidden = "true";
  if (kind === "close") leave(name);
  return made;
}

function arrow(from, to) {
  const made = element("i", to > from ? "arrow on" : "arrow back");
  made.style.gridColumn = `${Math.min(from, to) + 1} / ${Math.max(from, to) + 2}`;
  made.style.setProperty("--lanes", Math.abs(to - from) + 1);
  return made;
}

// Whoever comes takes the side on which nobody is; where both are taken, the second is shared.
function place(name) {
  if (sides.has(name)) return;
  const taken = [...open].map((each) => sides.get(each));
  sides.set(name, SIDES.find((side) => !taken.includes(side)) ?? RIGHT);
  open.add(name);
  label();
}

function leave(name) {
  open.delete(name);
  label();
}

function forget() {
  sides.clear();
  open.clear();
  label();
}

function label() {
  heads.forEach((head) => {
    const side = SIDES[head.dataset.side];
    head.textContent = [...open].filter((name) => sides.get(name) === side).join(" ");
  });
}
