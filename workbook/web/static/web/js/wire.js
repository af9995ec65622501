// What travels between the windows, the server, the consumers and the layer, as it travels.
import { take } from "./copy.js";
import { element, paragraphs, say } from "./elements.js";
import { explain, learn } from "./explain.js";
import { isTyping, takesLetters } from "./keys.js";
import { way } from "./lanes.js";

const SHOWN = 300; // records
const MOST = 3000; // that wait

const part = document.querySelector(".wire");
const find = (name) => part.querySelector(name);
const [log, list, counts, pause] = [".records", ".records ol", ".counts", ".pause"].map(find);
const [names, families, rooms] = [".wire-name", ".wire-kind", ".wire-room"].map(find);
const waiting = []; // what came while the wire was paused
let atEnd = true; // as long as nobody looks at what came before
let size = ""; // of the log, when it was last looked at
let lit; // where a walk through the records has come

export function showWire({ anew, explanations, records }) {
  learn(explanations);
  if (anew) clear();
  if (isPaused()) keep(records);
  else add(records);
  count();
}

function keep(records) {
  waiting.push(...records);
  waiting.splice(0, waiting.length - MOST);
}

function add(records) {
  list.append(...records.map(drawn));
  while (list.childElementCount > SHOWN) list.firstElementChild.remove();
  follow();
}

function follow() {
  if (atEnd) log.scrollTop = log.scrollHeight;
}

// Where another size has moved the records, nobody went.
function look() {
  if (size === measured()) atEnd = log.scrollTop + log.clientHeight > log.scrollHeight - 8;
}

function measured() {
  return `${log.clientWidth} ${log.clientHeight}`;
}

// What was hidden, or has become smaller, could not follow.
function settle() {
  size = measured();
  follow();
}

function drawn(record) {
  const { moment, name, lanes, families: kinds, rooms: places, says } = record;
  offer(names, name ? [name] : []);
  offer(rooms, places);
  const words = element("span", "visually-hidden", name, " ", lanes.map(({ text }) => text).join(" "));
  const line = element("summary", "", element("time", "", moment.toFixed(3)), words, way(record), element("div", "", ...paragraphs(says)));
  line.tabIndex = -1;
  const fold = Object.assign(element("details", "", line), { name: "explained" });
  fold.addEventListener("toggle", () => {
    if (fold.open) explain(fold, record);
    look();
  });
  const made = element("li", kinds.join(" "), fold);
  Object.assign(made, { about: { name, kinds, places } });
  made.hidden = !isWanted(made);
  return made;
}

function offer(choice, values) {
  const known = [...choice.options].map(({ value }) => value);
  choice.append(...values.filter((value) => !known.includes(value)).map((value) => new Option(value, value)));
}

function isWanted({ about }) {
  const isOf = (choice, values) => !choice.value || values.includes(choice.value);
  return isOf(names, [about.name]) && isOf(families, about.kinds) && isOf(rooms, about.places);
}

function shown() {
  return [...list.children].filter((record) => !record.hidden);
}

function choose() {
  for (const record of list.children) record.hidden = !isWanted(record);
  look();
  count();
}

// What is not to be seen is counted.
function count() {
  const hidden = list.childElementCount - shown().length;
  const numbers = [[say.wire_hidden, hidden], [say.wire_waiting, waiting.length]];
  counts.textContent = numbers.filter(([, number]) => number).map(([words, number]) => `${words} ${number}`).join(" · ");
}

function clear() {
  list.replaceChildren();
  waiting.length = 0;
  atEnd = true;
  light(undefined);
}

function isPaused() {
  return pause.ariaPressed === "true";
}

function hold(wanted) {
  pause.ariaPressed = String(wanted);
  if (wanted) return;
  light(undefined);
  add(waiting.splice(0));
  count();
}

// A walk through the records: the first step stops the wire, at what came last.
function walk(next) {
  if (isPaused()) light(next() ?? lit);
  else {
    hold(true);
    light(shown().at(-1));
  }
}

function before() {
  const records = shown();
  return lit ? records[records.indexOf(lit) - 1] : records.at(-1);
}

function after() {
  const records = shown();
  return (lit && records[records.indexOf(lit) + 1]) || letThrough();
}

// Of what waits, the next that is to be seen.
function letThrough() {
  while (waiting.length) {
    add([waiting.shift()]);
    if (!list.lastElementChild.hidden) break;
  }
  count();
  return shown().at(-1);
}

// An explanation that is open goes along.
function light(record) {
  const explains = list.querySelector("details[open]");
  list.querySelector("[aria-current]")?.removeAttribute("aria-current");
  lit = record;
  if (!record) return;
  record.setAttribute("aria-current", "step");
  if (explains) record.firstElementChild.open = true;
  record.scrollIntoView({ block: "nearest" });
}

// From record to record by the arrows.
function go(event) {
  const records = shown();
  const from = records.indexOf(event.target.closest("li"));
  const isLine = event.target.matches("summary") || event.target === log;
  const to = { ArrowDown: from + 1, ArrowUp: from < 0 ? records.length - 1 : from - 1, Home: 0, End: records.length - 1 }[event.key];
  if (!isLine || to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation(); // on stage they lead elsewhere
  records[to]?.querySelector("summary").focus();
}

function press(event) {
  if (isTyping(event) || !takesLetters()) return;
  if (event.code === "Period") walk(after);
  else if (event.code === "Comma") walk(before);
}

part.querySelectorAll("button").forEach((button) => (button.disabled = false));
pause.addEventListener("click", () => hold(!isPaused()));
find(".one-back").addEventListener("click", () => walk(before));
find(".one-on").addEventListener("click", () => walk(after));
[names, families, rooms].forEach((choice) => choice.addEventListener("change", choose));
find(".clear").addEventListener("click", () => {
  clear();
  count();
});
find(".copy-all").addEventListener("click", ({ target }) => {
  const lines = shown().map((record) => record.querySelector("summary").innerText.replace(/\s*\n+\s*/g, " "));
  take(lines.join("\n"), target);
});
log.addEventListener("keydown", go);
log.addEventListener("scroll", look, { passive: true });
new ResizeObserver(settle).observe(log);
addEventListener("keydown", press);
