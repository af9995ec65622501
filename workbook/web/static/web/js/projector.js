// For a class: large type, and one block, item or hunk at a time.
import { isTyping } from "./keys.js";

const root = document.documentElement;
const forward = getComputedStyle(root).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
const MARGIN = 40; // pixels kept free above and below

let stops = [];
let current = 0;
let stage;

// A stop is what is shown at once: `own` is what it is about, `lead` what leads to it, `earlier` the
// items above it in its list, and `later` those below, whose place is kept free.
function find() {
  const found = [];
  let [title, lead] = ["", []];
  for (const row of document.querySelectorAll(".note > .row, .hunk, .source")) {
    if (row.matches(".heading")) {
      title = row.querySelector("h1, h2, h3, h4").textContent;
      lead = lead.every((each) => each.matches(".heading")) ? [...lead, row] : [row];
      continue;
    }
    if (row.matches(".hunk")) title = row.parentElement.querySelector("h2").textContent;
    found.push(...parts(row).map((part) => ({ title, lead, earlier: [], later: [], ...part })));
    if (row.matches(".paragraph")) lead = lead.every((each) => each.matches(".heading")) ? [...lead, row] : [row];
    else lead = row.matches(".fence") ? [row] : [];
  }
  return found;
}

// A list is built up item by item; what unfolds is first shown as it is.
function parts(row) {
  const lists = [...row.querySelectorAll(":scope > div > :is(ul, ol)")].map((list) => [...list.children]);
  if (lists.length) {
    const items = lists[0].map((_, index) => lists.map((list) => list[index]).filter(Boolean));
    return items.map((own, index) => ({ own, earlier: items.slice(0, index).flat(), later: items.slice(index + 1).flat() }));
  }
  const folds = [...row.querySelectorAll("details")];
  return folds.length ? [false, true].map((open) => ({ own: [row], folds, open })) : [{ own: [row] }];
}

function begin() {
  root.dataset.projecting = "";
  sessionStorage.setItem("projecting", "yes");
  document.querySelector(".note, .changes, .code")?.setAttribute("data-stops", "");
  stops = find();
  current = Math.max(0, stops.findIndex((stop) => stop.own[0].getBoundingClientRect().bottom > 0));
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
  stops[current]?.own[0].scrollIntoView({ block: "center" });
}

function show() {
  document.querySelectorAll(".shown").forEach((element) => element.classList.remove("shown"));
  const stop = stops[current];
  if (!stop) return;
  stop.folds?.forEach((fold) => { fold.open = stop.open; });
  settle(stop).forEach((element) => element.classList.add("shown"));
  stage.replaceChildren(...[stop.title, `${current + 1} / ${stops.length}`].map(label));
}

function label(words) {
  const element = document.createElement("bdi");
  element.textContent = words;
  return element;
}

// As much as fits is put into the middle, and returned; what does not fit begins at the top.
function settle({ own, lead, earlier, later }) {
  const choices = [[lead, earlier, later], [lead, earlier], [earlier, later], [earlier], []].map((context) => [...context.flat(), ...own]);
  const fitting = choices.find((elements) => extent(elements).height <= innerHeight - 2 * MARGIN);
  const { top, height } = extent(fitting ?? own);
  scrollTo({ top: scrollY + top - (fitting ? (innerHeight - height) / 2 : MARGIN), behavior: "instant" });
  return (fitting ?? own).filter((element) => !later.includes(element));
}

function extent(elements) {
  const boxes = elements.map((element) => element.getBoundingClientRect());
  const top = Math.min(...boxes.map((box) => box.top));
  return { top, height: Math.max(...boxes.map((box) => box.bottom)) - top };
}

// What is higher than the screen is gone through before the next stop comes.
function move(by) {
  const own = stops[current] && extent(stops[current].own);
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
