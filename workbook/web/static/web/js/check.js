// Checks the desk and shows what comes of it.
import { element, explained, linked, links, paragraphs, savedAs, say, spoken } from "./elements.js";
import { connect } from "./socket.js";
import { forGood } from "./storage.js";

const MARKS = { passed: "✓", blamed: "✗", failed: "·", waiting: "·", untried: "–" };

const page = document.querySelector("section.check");
const find = (name) => page.querySelector(name);
const [away, here, standing, begin, sure] = [".away", ".here", ".standing", ".begin", ".sure"].map(find);
const [saved, status, results, verdict, hints] = [".saved", ".status", ".results", ".verdict", ".hints"].map(find);
const extras = find(".extras");
const [now, onSave, hint] = [".now", ".on-save", ".hint"].map(find);
const ON_SAVE = "on-save";
let occupied;
let identity; // of the desk that all that is shown is about
let cut = false; // whether a check was under way when the walkthrough went away

function showDesk(desk) {
  const isLost = away.contains(document.activeElement) && desk.state === "here"; // the focus, with its button
  away.hidden = desk.state === "here";
  here.hidden = desk.state !== "here";
  occupied = desk.occupied;
  page.dispatchEvent(new CustomEvent("desk", { bubbles: true }));
  standing.replaceChildren(say[`desk_${desk.state}`], " ", ...desk.begun.slice(0, 1).map(linked));
  if (identity !== undefined && desk.identity !== identity) forget();
  identity = desk.identity;
  if (desk.saved) saved.replaceChildren(...savedAs(desk.saved));
  if (desk.saved || isLost) now.focus();
}

// Another desk lies there, whoever has put it there: nothing of it was checked.
function forget() {
  showLines(results, []);
  extras.hidden = true;
  showVerdict();
  status.replaceChildren();
}

function showChecking(record) {
  here.setAttribute("aria-busy", "true");
  const again = cut ? [element("span", "", say.cut_off)] : [];
  status.replaceChildren(...again, ...record.says.map((text) => spoken("span", text)));
  cut = false;
}

// What the last check said is there again after a visit to the note.
function showRemembered({ fresh }) {
  if (!fresh) status.replaceChildren(say.before_the_last_change);
}

function showSheet(sheet) {
  const counted = sheet.counted.length ? [line("passed", sheet.counted, "more")] : [];
  const beyond = sheet.results.filter((each) => each.extra);
  const core = sheet.results.filter((each) => !each.extra);
  showLines(results, [...counted, ...core.map(({ outcome, says }) => line(outcome, says))]);
  showLines(extras.querySelector("ol"), beyond.map(({ outcome, says }) => line(outcome, says, "extra")));
  extras.hidden = beyond.length === 0;
  showVerdict(sheet.verdict);
}

// A line that is there already stays: nobody hears it read out again.
function showLines(list, lines) {
  lines.forEach((next, index) => {
    const before = list.children[index];
    if (!before) list.append(next);
    else if (!before.isEqualNode(next)) before.replaceWith(next);
  });
  while (list.childElementCount > lines.length) list.lastElementChild.remove();
}

function line(outcome, texts, className = "") {
  const isOpen = className === "extra" && outcome !== "passed";
  const mark = element("span", "mark", isOpen ? "○" : MARKS[outcome]);
  mark.ariaHidden = "true";
  const words = element("span", "outcome", say[`outcome_${isOpen && outcome === "blamed" ? "next" : outcome}`]);
  return element("li", `${outcome} ${className}`.trim(), mark, element("div", "says", ...paragraphs(texts)), words);
}

function showVerdict(record) {
  allowHint(Boolean(record?.hint));
  if (!record) hints.replaceChildren();
  const parts = [];
  if (record?.passed) parts.push(passed(record.passed));
  if (record?.along.there.length || record?.along.next.length) parts.push(along(record.along));
  if (record?.advice) parts.push(advice(record.advice, record.others));
  page.dispatchEvent(new CustomEvent("blamed", { bubbles: true, detail: record?.advice }));
  verdict.replaceChildren(...parts);
}

function passed({ says, read, next }) {
  const part = element("section", "passed", ...paragraphs(says), links(read));
  if (next.length) part.append(element("p", "next", `${say.next}: `), links(next));
  return part;
}

function along({ there, next }) {
  return element("section", "along", ...paragraphs(there, "there"), links(next));
}

function advice({ beyond, texts, error, code, line, place, editors, read }, others) {
  const part = element("section", "advice", ...paragraphs(beyond.flat(), "beyond"), ...paragraphs(texts.flat()));
  if (error) part.append(Object.assign(element("p", "error", error), { lang: "en", dir: "ltr" }));
  if (code.length) part.append(excerpt(code, line));
  part.append(...paragraphs(place, "where"), element("p", "in-note", say.in_the_note), links(read));
  if (editors.length) part.append(element("p", "editors", say.open_in, ...editors.flatMap(opening)));
  part.append(...paragraphs(others, "others"));
  return part;
}

function opening({ name, url }) {
  return [" ", Object.assign(element("a", "", element("bdi", "", name)), { href: url })];
}

// The lines around the place; numbers are shown, and not copied.
function excerpt(code, marked) {
  const lines = code.map(({ number, text }) => {
    const shown = element(number === marked ? "mark" : "span", "line", `${text}\n`);
    shown.dataset.number = number;
    return shown;
  });
  return Object.assign(element("pre", "excerpt", element("code", "", ...lines)), { tabIndex: 0, lang: "en", dir: "ltr" });
}

function allowHint(isAllowed) {
  const isFocused = document.activeElement === hint;
  hint.disabled = !isAllowed;
  if (isFocused && !isAllowed) now.focus(); // which a disabled button would lose
}

function showHint({ says, texts, read, last }) {
  allowHint(!last);
  const depth = element("h2", "", ...says.flatMap((text) => [spoken("span", text), " "]));
  hints.replaceChildren(element("section", "", depth, ...explained(texts), links(read)));
  hints.scrollIntoView({ block: "nearest" });
}

function showTrouble({ what, then }) {
  verdict.replaceChildren(element("section", "advice", ...paragraphs(what), ...paragraphs(then)));
}

function ask() {
  sure.returnValue = "no"; // which Escape leaves as it is
  sure.showModal();
}

function showDone() {
  here.removeAttribute("aria-busy");
  status.replaceChildren();
}

onSave.checked = forGood.get(ON_SAVE) === "yes";
const send = connect(
  {
    desk: showDesk,
    checking: showChecking,
    sheet: showSheet,
    hint: showHint,
    trouble: showTrouble,
    done: showDone,
    remembered: showRemembered,
  },
  {
    opened: () => {
      status.replaceChildren();
      if (onSave.checked) send(cut ? "watch" : "resume");
      else if (cut) send("check");
    },
    lost: () => {
      cut ||= here.matches("[aria-busy]");
      here.removeAttribute("aria-busy");
      status.replaceChildren(say.disconnected);
    },
    waits: true,
  },
  page.dataset.socket,
);

const known = JSON.parse(document.querySelector("#desk").textContent);
if (known) showDesk(known);
now.addEventListener("click", () => send(onSave.checked ? "watch" : "check"));
onSave.addEventListener("change", () => {
  forGood.set(ON_SAVE, onSave.checked ? "yes" : "no");
  send(onSave.checked ? "watch" : "stop");
});
hint.addEventListener("click", () => send("hint"));
begin.addEventListener("click", () => (occupied ? ask() : send("start")));
sure.addEventListener("close", () => sure.returnValue === "yes" && send("start"));
