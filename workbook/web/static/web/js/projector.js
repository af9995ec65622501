// For a class: large type, and one stop at a time, in the middle of the screen.
import { putBeside, takeAway, taken } from "./beside.js";
import { follow, tell } from "./follow.js";
import { within } from "./here.js";
import { isLeftByEscape, takesLetters } from "./keys.js";
import { openOverview } from "./overview.js";
import { resize } from "./size.js";
import { findStops } from "./stops.js";
import { forTheTab } from "./storage.js";
import { listen, wayOf } from "./walk.js";
import { count, first, isShort, keepShort, last, next, wantsShort } from "./way.js";

const root = document.documentElement;
const MARGIN = 40; // pixels kept free above and below
const NOTCH = 100; // pixels that a wheel turns for a stop
const PAGE = within(location.pathname); // the same in each language
const PLACE = `stop of ${PAGE}`;

const stage = document.querySelector(".stage");
const stops = findStops();
let current = 0;
let turned = 0;

const acts = {
  back: () => move(-1),
  forward: () => move(1),
  first: () => go(first(stops)),
  last: () => go(last(stops)),
  short: () => shorten(!isShort(stops)),
  overview: () => openOverview(stops, current, go),
  smaller: () => grow(-1),
  larger: () => grow(1),
  presenter: openPresenter,
  leave,
};

function begin(place) {
  root.dataset.projecting = "";
  history.scrollRestoration = "manual"; // the browser would put the page, once it is read, where it was before
  forTheTab.set("projecting", "yes");
  document.querySelector("main:not(.work) .note, .changes, .code")?.setAttribute("data-stops", "");
  stage.hidden = false;
  stage.querySelectorAll(".going").forEach((element) => (element.hidden = !stops.length));
  resize(0);
  take({ place, short: wantsShort() });
}

// Where the reader is, there is the class.
function start() {
  begin(inSight());
  tell(PAGE, here());
}

function leave() {
  delete root.dataset.projecting;
  history.scrollRestoration = "auto";
  forTheTab.remove("projecting");
  document.querySelectorAll(".shown").forEach((element) => element.classList.remove("shown"));
  takeAway();
  stage.hidden = true;
  if (!stops.length) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  stops[current].own[0].scrollIntoView({ block: "center" });
}

// A page that is left and opened again, in either language, goes on where it was.
function go(place) {
  take({ place, short: wantsShort() });
  tell(PAGE, here());
}

function here() {
  return isProjecting() && stops.length ? { place: current, short: wantsShort() } : null;
}

function take({ place, short }) {
  if (!isProjecting() || !stops.length) return;
  keepShort(short);
  current = Math.min(Math.max(place, 0), stops.length - 1);
  forTheTab.set(PLACE, current);
  history.replaceState(history.state, "", `#stop-${current + 1}`);
  show();
}

function show() {
  document.querySelectorAll(".shown").forEach((element) => element.classList.remove("shown"));
  const stop = stops[current];
  if (!stop) return;
  stop.folds?.forEach((fold) => { fold.open = stop.open; });
  settle(stop).forEach((element) => element.classList.add("shown"));
  stage.querySelector("[value=short]").ariaPressed = String(isShort(stops));
  stage.querySelector("[role=status]").replaceChildren(...[stop.title, count(stops, current)].map(label));
}

function label(words) {
  const element = document.createElement("bdi");
  element.textContent = words;
  return element;
}

// What is shown is returned; what stands beside has its own place.
function settle(stop) {
  const beside = putBeside(stop);
  if (!beside) return centre(stop);
  const [own, lead] = [stop.own, stop.lead].map((elements) => elements.filter((element) => element !== beside));
  const { earlier, later } = document.querySelector("main.both") ? { earlier: [], later: [] } : stop;
  return [beside, ...centre(own.length ? { own, lead, earlier, later } : { own: lead, lead: [], earlier, later })];
}

// As much as fits is put into the middle; what does not fit begins at the top.
function centre({ own, lead, earlier, later }) {
  if (!own.length) return [];
  const above = taken();
  const room = innerHeight - 2 * MARGIN - above;
  const choices = [[lead, earlier, later], [lead, earlier], [earlier, later], [earlier], []].map((context) => [...context.flat(), ...own]);
  const fitting = choices.find((elements) => extent(elements).height <= room);
  const { top, height } = extent(fitting ?? own);
  scrollTo({ top: scrollY + top - above - MARGIN - (fitting ? (room - height) / 2 : 0), behavior: "instant" });
  return (fitting ?? own).filter((element) => !later.includes(element));
}

function extent(elements) {
  const boxes = elements.map((element) => element.getBoundingClientRect());
  const top = Math.min(...boxes.map((box) => box.top));
  return { top, height: Math.max(...boxes.map((box) => box.bottom)) - top };
}

// What is higher than the screen is gone through before the next stop comes.
function move(by) {
  const own = stops[current]?.own ?? [];
  if (!(own[0]?.matches(".beside") ? scrollOn(own[0], by) : scrollPage(own, by))) go(next(stops, current, by));
}

function scrollPage(own, by) {
  const { top, height } = extent(own);
  const above = MARGIN + taken();
  const room = innerHeight - MARGIN - above;
  const rest = by > 0 ? top + height - above - room : above - top;
  const goesOn = height > room && rest > 1;
  if (goesOn) scrollBy({ top: by * Math.min(rest, room - MARGIN), behavior: "instant" });
  return goesOn;
}

function scrollOn(listing, by) {
  const before = listing.scrollTop;
  listing.scrollBy({ top: by * (listing.clientHeight - MARGIN), behavior: "instant" });
  return Math.abs(listing.scrollTop - before) > 1;
}

function shorten(wanted) {
  keepShort(wanted);
  go(current);
}

function grow(by) {
  resize(by);
  show();
}

// A window of its own, which opens once.
function openPresenter() {
  const address = stage.querySelector("[value=presenter]")?.dataset.address; // a step's
  if (address) open(address, "presenter", "popup, width=1100, height=760");
}

// The stop that the address names: by its number, by a heading or by a line of code.
function named() {
  const number = location.hash.match(/^#stop-(\d+)$/)?.[1];
  if (number) return number - 1;
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const found = target ? stops.findIndex(({ own }) => own[0].contains(target) || follows(own[0], target)) : -1;
  return found < 0 ? null : found;
}

function follows(element, other) {
  return other.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
}

function remembered() {
  return Number(forTheTab.get(PLACE) ?? 0);
}

function inSight() {
  const top = document.querySelector(".top").getBoundingClientRect().bottom;
  return stops.findIndex(({ own }) => own[0].getBoundingClientRect().bottom > Math.max(top, 0));
}

function isProjecting() {
  return "projecting" in root.dataset;
}

function press(event) {
  if (isProjecting() && isLeftByEscape(event)) document.querySelector("main").focus(); // where letters are keys
}

function asked(event) {
  if (takesLetters() && event.code === "KeyL") return isProjecting() ? leave : start;
  if (!isProjecting()) return null;
  return anywhere(event) ?? (stops.length ? wayOf(event, acts) : null);
}

// Also where there is nothing to walk through.
function anywhere({ code, key }) {
  if (key === "Escape") return leave;
  if (!takesLetters()) return undefined;
  if (["+", "="].includes(key)) return acts.larger;
  if (["-", "−"].includes(key)) return acts.smaller;
  return code === "KeyS" ? acts.presenter : undefined;
}

function turn(event) {
  const { ctrlKey, deltaMode, deltaX, deltaY, target } = event;
  if (!isProjecting() || !stops.length || ctrlKey || Math.abs(deltaX) > Math.abs(deltaY)) return;
  if (target.closest("dialog")) return;
  event.preventDefault();
  const way = deltaY * (deltaMode ? NOTCH / 3 : 1);
  turned = Math.sign(turned) === Math.sign(way) ? turned + way : way;
  if (Math.abs(turned) < NOTCH) return;
  move(Math.sign(turned));
  turned = 0;
}

addEventListener("keydown", press);
listen(asked);
addEventListener("wheel", turn, { passive: false });
addEventListener("resize", () => isProjecting() && show());
addEventListener("hashchange", () => isProjecting() && go(named() ?? current));
stage.addEventListener("click", (event) => acts[event.target.closest("button")?.value]?.());
const button = document.querySelector(".project");
button.hidden = false;
button.addEventListener("click", start);
if (forTheTab.get("projecting") || location.hash.startsWith("#stop-")) begin(named() ?? remembered());
if (stops.length) follow(PAGE, here, take);
