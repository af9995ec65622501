// The parts of the workbench: their widths are the reader's, and the note keeps its place.
import { within } from "./here.js";
import { forGood, forTheTab } from "./storage.js";

const panes = document.querySelector(".panes");
const note = panes.querySelector(".note-pane");
const own = note.querySelector(".note"); // this step's, in whose place another's may stand
const address = new URL(note.dataset.address, location.href).pathname; // of the note as a page
const back = note.querySelector(".back");
const tabs = [...panes.querySelectorAll("[role=tab]")];
const part = `part ${note.dataset.address.replace(/^\/[a-z]+/, "")}`;
const STEP = 2; // per cent of the width, for a key

function isRightToLeft() {
  return getComputedStyle(panes).direction === "rtl";
}

function size(splitter, percent) {
  const { ariaValueMin, ariaValueMax } = splitter;
  const kept = Math.round(Math.min(Math.max(percent, ariaValueMin), ariaValueMax));
  panes.style.setProperty(`--${splitter.dataset.size}`, `${kept}%`);
  splitter.ariaValueNow = kept;
  forGood.set(`size ${splitter.dataset.size}`, kept);
}

// The note is sized by its end, and the last part by its beginning.
function percent(splitter, x) {
  const { left, right, width } = panes.getBoundingClientRect();
  const fromStart = isRightToLeft() ? right - x : x - left;
  return (100 * (splitter.dataset.size === "note" ? fromStart : width - fromStart)) / width;
}

function press(splitter, key) {
  const forward = isRightToLeft() ? "ArrowLeft" : "ArrowRight";
  const grows = splitter.dataset.size === "note" ? key === forward : key !== forward;
  if (key.startsWith("Arrow")) size(splitter, Number(splitter.ariaValueNow) + (grows ? STEP : -STEP));
}

for (const splitter of panes.querySelectorAll(".splitter")) {
  size(splitter, Number(forGood.get(`size ${splitter.dataset.size}`)) || splitter.dataset.usual);
  splitter.addEventListener("pointerdown", (event) => splitter.setPointerCapture(event.pointerId));
  splitter.addEventListener("pointermove", (event) => {
    if (splitter.hasPointerCapture(event.pointerId)) size(splitter, percent(splitter, event.clientX));
  });
  splitter.addEventListener("keydown", (event) => press(splitter, event.key));
}

function choose(chosen) {
  for (const tab of tabs) {
    tab.ariaSelected = String(tab === chosen);
    tab.tabIndex = tab === chosen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).classList.toggle("closed", tab !== chosen);
  }
  forTheTab.set(part, chosen.id);
}

for (const tab of tabs) {
  tab.addEventListener("click", () => choose(tab));
  tab.addEventListener("keydown", ({ key }) => {
    if (!key.startsWith("Arrow")) return;
    const other = tabs.find((each) => each !== tab);
    choose(other);
    other.focus();
  });
}

choose(tabs.find(({ id }) => id === forTheTab.get(part)) ?? tabs[0]);

// What a command of the note asks for is done beside it, if it is this step's.
note.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const tab = tabs.find(({ id }) => link?.pathname === `${address}${id.replace("tab-", "")}/`);
  if (!tab || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  choose(tab);
  tab.focus();
});

// Both languages have the same blocks: the place is the first one in view.
const place = `note ${within(address)}`;
const rows = [...note.querySelectorAll(".row")];

function keepPlace() {
  if (!own.isConnected) return;
  const first = rows.findIndex((row) => row.getBoundingClientRect().bottom > top() + 1);
  forTheTab.set(place, first);
}

function showPlace() {
  const row = rows[Number(forTheTab.get(place))];
  if (row) note.scrollTop += row.getBoundingClientRect().top - top();
}

function top() {
  return note.getBoundingClientRect().top + parseFloat(getComputedStyle(note).paddingBlockStart);
}

showPlace();
document.fonts.ready.then(() => {
  showPlace(); // the fonts have moved it
  note.addEventListener("scroll", keepPlace, { passive: true });
});

// A passage that is linked to is shown in the note's place, also one of another step's note.
panes.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link?.hash && link?.pathname !== note.dataset.address) return;
  if (link.origin !== location.origin || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  showPassage(link);
});

async function showPassage(link) {
  if ([address, location.pathname].includes(link.pathname)) showNote(own);
  else showNote(await fetched(link.href));
  const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (place) place.scrollIntoView({ block: "start" });
  else note.scrollTop = 0;
}

// What it links to is written as seen from its own page.
async function fetched(address) {
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  for (const name of ["href", "src"]) {
    for (const each of page.querySelectorAll(`.note [${name}]`)) {
      each.setAttribute(name, new URL(each.getAttribute(name), address));
    }
  }
  return page.querySelector(".note");
}

function showNote(shown) {
  note.querySelector(".note").replaceWith(shown);
  back.hidden = shown === own;
}

back.addEventListener("click", () => {
  showNote(own);
  showPlace();
});
