// For a class: large type, and one block, item or hunk at a time.
import { isTyping } from "./keys.js";

const root = document.documentElement;
const forward = getComputedStyle(root).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
const MARGIN = 48; // pixels kept free above and below

let stops = [];
let current = 0;
let stage;

// A stop is what is shown together: its last part is what it is about.
function find() {
  const found = [];
  let heading = [];
  let listing = [];
  for (const row of document.querySelectorAll(".note > .row, .hunk, .source")) {
    if (row.matches(".heading")) {
      heading = [...heading, row];
      continue;
    }
    if (row.matches(".hunk")) heading = [row.parentElement.querySelector("h2")];
    for (const part of parts(row)) {
      found.push({ context: [...heading, ...(row.matches(".bullet_list") ? listing : [])], ...part });
      heading = [];
    }
    if (row.matches(".fence")) listing = [row];
    else if (!row.matches(".bullet_list")) listing = [];
  }
  return found;
}

// A list is shown item by item, and what unfolds first as it is.
function parts(row) {
  const items = [...row.querySelectorAll(":scope > div > :is(ul, ol)")].map((list) => [...list.children]);
  if (items.length) return items[0].map((_, index) => ({ elements: items.map((list) => list[index]).filter(Boolean) }));
  const folds = [...row.querySelectorAll("details")];
  if (folds.length) return [{ elements: [row], folds, open: false }, { elements: [row], folds, open: true }];
  return [{ elements: [row] }];
}

function begin() {
  root.dataset.projecting = "";
  sessionStorage.setItem("projecting", "yes");
  document.querySelector(".note, .changes, .code")?.setAttribute("data-stops", "");
  stops = find();
  current = Math.max(0, stops.findIndex((stop) => stop.elements[0].getBoundingClientRect().bottom > 0));
  stage = document.createElement("div");
  stage.className = "stage";
  stage.setAttribute("role", "status");
  document.body.append(stage);
  show();
}

function leave() {
  delete root.dataset.projecting;
  sessionStorage.removeItem("projecting");
  document.querySelectorAll(".shown").forEach((element) => element.classList.remove("shown"));
  stage.remove();
  stops[current]?.elements[0].scrollIntoView({ block: "center" });
}

function show() {
  document.querySelectorAll(".shown").forEach((element) => element.classList.remove("shown"));
  const stop = stops[current];
  if (!stop) return;
  stop.folds?.forEach((fold) => { fold.open = stop.open; });
  [...stop.context, ...stop.elements].forEach((element) => element.classList.add("shown"));
  settle(stop);
  stage.textContent = `${current + 1} / ${stops.length}`;
}

// Everything in the middle, if it fits; else the stop itself, from its beginning.
function settle(stop) {
  const room = innerHeight - 2 * MARGIN;
  const [all, own] = [extent([...stop.context, ...stop.elements]), extent(stop.elements)];
  const wanted = all.height <= room ? all : own;
  const above = wanted.height <= room ? (innerHeight - wanted.height) / 2 : MARGIN;
  scrollTo({ top: scrollY + wanted.top - above, behavior: "instant" });
}

function extent(elements) {
  const boxes = elements.map((element) => element.getBoundingClientRect());
  const top = Math.min(...boxes.map((box) => box.top));
  return { top, height: Math.max(...boxes.map((box) => box.bottom)) - top };
}

// What is higher than the screen is gone through before the next stop comes.
function move(by) {
  const own = stops[current] && extent(stops[current].elements);
  const rest = own ? (by > 0 ? own.top + own.height - innerHeight + MARGIN : MARGIN - own.top) : 0;
  if (own && own.height > innerHeight - 2 * MARGIN && rest > 1) {
    scrollBy({ top: by * Math.min(rest, innerHeight - 3 * MARGIN), behavior: "instant" });
    return;
  }
  current = Math.min(Math.max(current + by, 0), stops.length - 1);
  show();
}

function press(event) {
  if (isTyping(event)) return;
  const projecting = "projecting" in root.dataset;
  if (event.code === "KeyL") projecting ? leave() : begin();
  else if (!projecting) return;
  else if (event.key === "Escape") leave();
  else if ([forward, "ArrowDown", "PageDown", " "].includes(event.key) || event.code === "KeyN") move(1);
  else if ([back, "ArrowUp", "PageUp"].includes(event.key) || event.code === "KeyP") move(-1);
  else return;
  event.preventDefault();
}

addEventListener("keydown", press);
addEventListener("resize", () => stage?.isConnected && show());
if (sessionStorage.getItem("projecting")) begin();
