// Checks the desk and shows what comes of it.
import { element, explained, linked, say, spoken } from "./elements.js";
import { connect } from "./socket.js";

const MARKS = { passed: "✓", blamed: "✗", failed: "·", waiting: "·" };

const page = document.querySelector("main");
const find = (name) => page.querySelector(name);
const [away, here, standing, begin, sure] = [".away", ".here", ".standing", ".begin", ".sure"].map(find);
const [saved, status, results, verdict, hints] = [".saved", ".status", ".results", ".verdict", ".hints"].map(find);
const [now, onSave, hint] = [".now", ".on-save", ".hint"].map(find);
let stale = false;
let more;
let occupied;

function showDesk(desk) {
  away.hidden = desk.state === "here";
  here.hidden = desk.state !== "here";
  occupied = desk.occupied;
  standing.replaceChildren(say[`desk_${desk.state}`], " ", ...desk.begun.slice(0, 1).map(linked));
  if (desk.saved) {
    saved.replaceChildren(say.saved_as, " ", element("code", "", desk.saved));
    clear();
    now.focus();
  }
}

function clear() {
  stale = false;
  more = undefined;
  hint.disabled = true;
  [results, verdict, hints].forEach((part) => part.replaceChildren());
}

function showChecking(record) {
  stale = true;
  here.setAttribute("aria-busy", "true");
  status.replaceChildren(...record.says.map((text) => spoken("span", text)));
}

function showResult(result) {
  if (stale) clear();
  results.append(line(result.outcome, result.says));
}

// The checks of the steps before, counted in one line.
function showMore({ says }) {
  if (stale) clear();
  const next = line("passed", says);
  next.classList.add("more");
  if (more) more.replaceWith(next);
  else results.prepend(next);
  more = next;
}

function line(outcome, texts) {
  const mark = element("span", "mark", MARKS[outcome]);
  mark.ariaHidden = "true";
  const words = element("span", "outcome", say[`outcome_${outcome}`]);
  const says = element("div", "says", ...texts.map((text) => spoken("p", text)));
  return element("li", outcome, mark, says, words);
}

function showVerdict(record) {
  const parts = [];
  if (record.passed) parts.push(passed(record.passed));
  if (record.advice) parts.push(advice(record.advice));
  verdict.replaceChildren(...parts);
  hint.disabled = !record.hint;
}

function passed({ says, read, next }) {
  const part = element("section", "passed", ...says.map((text) => spoken("p", text)), links(read));
  if (next.length) part.append(element("p", "next", `${say.next}: `), links(next));
  return part;
}

function advice({ beyond, texts, error, place, read, others }) {
  const part = element("section", "advice");
  beyond.flat().forEach((text) => part.append(beyondLine(text)));
  texts.flat().forEach((text) => part.append(spoken("p", text)));
  if (error) part.append(english(error));
  place.forEach((text) => part.append(Object.assign(spoken("p", text), { className: "where" })));
  part.append(element("p", "in-note", say.in_the_note), links(read));
  others.forEach((text) => part.append(Object.assign(spoken("p", text), { className: "others" })));
  return part;
}

function beyondLine(text) {
  return Object.assign(spoken("p", text), { className: "beyond" });
}

function english(words) {
  return Object.assign(element("p", "error", words), { lang: "en", dir: "ltr" });
}

function links(read) {
  return element("ul", "links", ...read.map((link) => element("li", "", linked(link))));
}

function showHint({ texts, number, of, read }) {
  const words = say.hint_of.replace("{number}", number).replace("{of}", of);
  const part = element("section", "", element("h2", "", words), ...explained(texts), links(read));
  hints.replaceChildren(part);
}

function showTrouble({ what, then }) {
  if (stale) clear();
  const part = element("section", "advice", english(what));
  if (then) part.append(element("p", "", element("code", "", then)));
  verdict.replaceChildren(part);
}

function ask() {
  sure.returnValue = "no"; // which Escape leaves as it is
  sure.showModal();
}

function showDone() {
  here.removeAttribute("aria-busy");
  status.replaceChildren();
}

const send = connect(
  {
    desk: showDesk,
    checking: showChecking,
    more: showMore,
    result: showResult,
    verdict: showVerdict,
    hint: showHint,
    trouble: showTrouble,
    done: showDone,
  },
  {
    opened: () => {
      status.replaceChildren();
      if (onSave.checked) send("watch");
    },
    lost: () => status.replaceChildren(say.disconnected),
  },
);

showDesk(JSON.parse(document.querySelector("#desk").textContent));
now.addEventListener("click", () => send(onSave.checked ? "watch" : "check"));
onSave.addEventListener("change", () => send(onSave.checked ? "watch" : "stop"));
hint.addEventListener("click", () => send("hint"));
begin.addEventListener("click", () => (occupied ? ask() : send("start")));
sure.addEventListener("close", () => sure.returnValue === "yes" && send("start"));
