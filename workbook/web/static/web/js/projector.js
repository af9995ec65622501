// For a class: large type, and one stop at a time, in the middle of the screen.
import { isTyping } from "./keys.js";
import { findStops } from "./stops.js";

const root = document.documentElement;
const forward = getComputedStyle(root).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
const MARGIN = 40; // pixels kept free above and below

let stops = [];
let current = 0;
let stage;

function begin() {
  root.dataset.projecting = "";
  sessionStorage.setItem("projecting", "yes");
  document.querySelector(".note, .changes, .code")?.setAttribute("data-stops", "");
  stops = findStops();
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
