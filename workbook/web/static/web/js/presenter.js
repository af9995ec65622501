// The teacher's window: what is on the wall and what comes next, beside the teacher's section.
import { follow, tell } from "./follow.js";
import { within } from "./here.js";
import { findStops } from "./stops.js";
import { forTheTab } from "./storage.js";
import { listen, wayOf } from "./walk.js";
import { count, first, isShort, keepShort, last, next, wantsShort } from "./way.js";

const part = document.querySelector(".presenter");
const find = (name) => part.querySelector(name);
const [status, now, after, headings, short] = ["[role=status]", ".now", ".after", ".headings", "[value=short]"].map(find);
const page = within(find(".of-note").pathname);
const PLACE = `stop of ${page}`; // as on the wall, whose memory a window opened from there begins with
const stops = findStops();
let current = 0;

const acts = {
  back: () => go(next(stops, current, -1)),
  forward: () => go(next(stops, current, 1)),
  first: () => go(first(stops)),
  last: () => go(last(stops)),
  short: () => shorten(!isShort(stops)),
};

function go(place) {
  take({ place, short: wantsShort() });
  tell(page, here());
}

function shorten(wanted) {
  keepShort(wanted);
  go(current);
}

function here() {
  return { place: current, short: wantsShort() };
}

function take({ place, short: wanted }) {
  keepShort(wanted);
  current = Math.min(Math.max(place, 0), stops.length - 1);
  forTheTab.set(PLACE, current);
  show();
}

function show() {
  const coming = next(stops, current, 1);
  status.textContent = count(stops, current);
  short.ariaPressed = String(isShort(stops));
  now.replaceChildren(...copied(stops[current]));
  after.replaceChildren(...(coming === current ? [part.querySelector("template").content.cloneNode(true)] : copied(stops[coming])));
  for (const button of headings.querySelectorAll("button")) {
    button.ariaCurrent = button.dataset.title === stops[current].title ? "true" : null;
  }
  headings.querySelector("[aria-current]")?.scrollIntoView({ block: "center" });
}

// Below its heading; an item stands in a list, with its own number.
function copied({ title, own, open }) {
  const heading = Object.assign(document.createElement("p"), { className: "title", dir: "auto", textContent: title });
  return [heading, ...own.map((element) => copy(element, open))];
}

function copy(element, open) {
  const made = element.cloneNode(true);
  made.querySelectorAll("details").forEach((fold) => (fold.open = open));
  if (!element.matches("li")) return made;
  const list = element.parentElement.cloneNode();
  if (list.matches("ol")) list.start = [...element.parentElement.children].indexOf(element) + 1;
  list.append(made);
  const around = element.closest("[lang]").cloneNode();
  around.append(list);
  return around;
}

function entry({ title }, place) {
  const button = document.createElement("button");
  const words = Object.assign(document.createElement("bdi"), { textContent: title });
  button.type = "button";
  button.dataset.title = title;
  button.append(`${place + 1} `, words);
  button.addEventListener("click", () => go(place));
  const made = document.createElement("li");
  made.append(button);
  return made;
}

document.querySelector(".note").remove(); // its stops are shown one by one
forTheTab.remove("projecting"); // of the window that this one was opened from
const firsts = stops.map((stop, place) => (stop.title && stop.title !== stops[place - 1]?.title ? entry(stop, place) : null));
headings.append(...firsts.filter(Boolean));
part.hidden = false;
listen((event) => wayOf(event, acts));
part.addEventListener("click", ({ target }) => acts[target.closest("button")?.value]?.());
take({ place: Number(forTheTab.get(PLACE) ?? 0), short: wantsShort() });
follow(page, here, take);
