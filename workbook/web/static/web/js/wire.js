// What travels between the windows, the server, the consumers and the layer, as it travels.
import { take } from "./copy.js";
import { element, paragraphs } from "./elements.js";

const SHOWN = 300; // records
const LANES = ["window", "page", "server", "consumer", "layer"];

const part = document.querySelector(".wire");
const find = (name) => part.querySelector(name);
const [log, list, empty, names, pause] = [".records", ".records ol", ".wire-empty", ".wire-name", ".pause"].map(find);
const waiting = []; // what came while the wire was paused

export function showWire({ records }) {
  if (isPaused()) waiting.push(...records);
  else add(records);
}

function add(records) {
  const follows = log.scrollTop + log.clientHeight > log.scrollHeight - 8;
  list.append(...records.map(drawn));
  while (list.childElementCount > SHOWN) list.firstElementChild.remove();
  empty.hidden = true;
  if (follows) log.scrollTop = log.scrollHeight;
}

function drawn({ moment, name, source, target, lanes, trouble, says }) {
  if (name && ![...names.options].some(({ value }) => value === name)) names.append(new Option(name, name));
  const way = element("span", "way", element("span", "visually-hidden", lanes.map(({ text }) => text).join(" ")), ...lane(source, target));
  const made = element("li", trouble ? "trouble" : "", element("time", "", moment.toFixed(2)), element("b", "", name), way, element("div", "", ...paragraphs(says)));
  made.dataset.name = name;
  made.hidden = Boolean(names.value) && names.value !== name;
  return made;
}

// Five places for five lanes: a dot where it comes from, and an arrow's head where it goes.
function lane(source, target) {
  const [from, to] = [source, target].map((each) => LANES.indexOf(each));
  return LANES.map((_, place) => {
    const between = to >= 0 && place > Math.min(from, to) && place < Math.max(from, to);
    const sign = place === from ? "●" : place === to ? (to > from ? "▸" : "◂") : between ? "─" : "·";
    const made = element("i", place === from ? "from" : place === to ? "to" : "", sign);
    made.ariaHidden = "true";
    return made;
  });
}

part.querySelectorAll("button").forEach((button) => (button.disabled = false));

function isPaused() {
  return pause.ariaPressed === "true";
}

pause.addEventListener("click", () => {
  pause.ariaPressed = String(!isPaused());
  if (!isPaused()) add(waiting.splice(0));
});
names.addEventListener("change", () => {
  for (const record of list.children) record.hidden = Boolean(names.value) && names.value !== record.dataset.name;
});
find(".clear").addEventListener("click", () => {
  list.replaceChildren();
  waiting.length = 0;
});
find(".copy-all").addEventListener("click", ({ target }) => {
  const shown = [...list.children].filter((record) => !record.hidden);
  take(shown.map((record) => record.innerText.replace(/\n+/g, " ")).join("\n"), target);
});
