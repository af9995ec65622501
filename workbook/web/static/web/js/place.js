// A switch of the language keeps the place: both languages have the same blocks.
import { within } from "./here.js";
import { isTyping, leadsAway, takesLetters } from "./keys.js";
import { forTheTab } from "./storage.js";

const PLACE = "place";
const page = within(location.pathname);
const blocks = [...document.querySelectorAll("main:not(.work) .note > .row, .hunk, .source .line, .cards > li")];
const links = [...document.querySelectorAll(".languages a")];

function keep({ currentTarget: link }) {
  if (location.hash.startsWith("#L")) link.hash = location.hash; // lines have no language
  const top = document.querySelector(".top").getBoundingClientRect().bottom;
  const block = blocks.findIndex((each) => each.getBoundingClientRect().bottom > Math.max(top, 0));
  const away = scrollY ? blocks[block]?.getBoundingClientRect().top : undefined;
  if (away !== undefined) forTheTab.set(PLACE, JSON.stringify({ page, block, away }));
}

function restore() {
  const kept = JSON.parse(forTheTab.get(PLACE));
  forTheTab.remove(PLACE);
  if (kept?.page !== page || "projecting" in document.documentElement.dataset) return;
  const show = () => scrollBy({ top: blocks[kept.block]?.getBoundingClientRect().top - kept.away, behavior: "instant" });
  show();
  document.fonts.ready.then(show); // which may have moved it
}

function press(event) {
  if (isTyping(event) || !takesLetters() || !leadsAway() || event.code !== "KeyA") return;
  const current = links.findIndex((link) => link.matches("[aria-current]"));
  links[(current + 1) % links.length].click();
}

links.forEach((link) => link.addEventListener("click", keep));
addEventListener("keydown", press);
restore();
