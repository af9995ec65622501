// A listing or a drawing stays in sight while the sentences that explain it pass; what they name is lit.
const WIDE = matchMedia("(min-width: 1100px)");
const root = document.documentElement;

const ANNOUNCED = /^[^.,:;،؛]*$/; // nothing was said yet before the code
const JOINED = /^[\s,،]*(and|from|و|من|من الوحدة)?\s*$/; // the code before is named together with it
const FLAT = 1.4; // a drawing so much wider than high stands above its sentences
const DEFINED = "^\\s*(?:async\\s+)?(?:(?:def|class|import|const|let|function)\\s+)?";

// What is put beside this stop, or undefined; the page's rows then keep its place free.
export function putBeside({ own, beside }) {
  takeAway();
  if (!beside || !WIDE.matches || (own[0] === beside && isDrawing(beside))) return undefined;
  const lit = isDrawing(beside) ? shapesOf(beside, own) : linesOf(beside, own[0]);
  beside.classList.add("beside");
  own.forEach((element) => element.classList.add("spoken"));
  root.dataset.beside = isFlat(beside) ? "above" : "side";
  root.style.setProperty("--beside", `${Math.ceil(beside.getBoundingClientRect().width)}px`);
  beside.scrollTop = 0;
  if (own[0] !== beside) light(lit);
  return beside;
}

// How much of the screen it takes away from above.
export function taken() {
  return root.dataset.beside === "above" ? document.querySelector(".beside").getBoundingClientRect().bottom : 0;
}

function light(elements) {
  elements.forEach((element) => element.classList.add("lit"));
  elements[0]?.scrollIntoView({ block: "nearest", behavior: "instant" });
}

function isDrawing(row) {
  return Boolean(row.querySelector(".diagram"));
}

function isFlat(row) {
  const drawn = row.querySelector(".diagram svg")?.viewBox.baseVal;
  return Boolean(drawn) && drawn.width > FLAT * drawn.height;
}

export function takeAway() {
  for (const name of ["beside", "spoken", "lit"]) {
    document.querySelectorAll(`.${name}`).forEach((element) => element.classList.remove(name));
  }
  delete root.dataset.beside;
}

// A difference has its lines; those of another listing are made when they are needed.
function linesOf(row, sentence) {
  const code = row.querySelector(".listing code");
  if (code && !code.querySelector(".line")) code.replaceChildren(...split(code));
  const lines = [...row.querySelectorAll(".line:not(.gap)")];
  const named = names(sentence).flatMap((name) => found(lines, name));
  return lines.filter((line) => named.includes(line));
}

function split(code) {
  const lines = [document.createElement("span")];
  for (const node of [...code.childNodes]) {
    const [first, ...more] = node.nodeType === Node.TEXT_NODE ? node.data.split("\n") : [node];
    lines.at(-1).append(first);
    for (const text of more) {
      lines.at(-1).append("\n");
      lines.push(document.createElement("span"));
      lines.at(-1).append(text);
    }
  }
  lines.forEach((line) => (line.className = "line"));
  return lines.filter((line) => line.textContent);
}

// The code that a sentence is about: what it begins with, in Arabic behind a word for what it is.
function names(sentence) {
  const codes = [...sentence.querySelectorAll("code")];
  const announced = codes.length && ANNOUNCED.test(between(sentence, undefined, codes[0]));
  const end = codes.findIndex((code, index) => index && !JOINED.test(between(sentence, codes[index - 1], code)));
  return announced ? codes.slice(0, end < 0 ? codes.length : end).map((code) => code.textContent) : [];
}

function between(sentence, one, other) {
  const range = document.createRange();
  range.setStart(sentence, 0);
  if (one) range.setStartAfter(one);
  range.setEndBefore(other);
  return range.toString();
}

// Of a difference rather what came than what stayed or went, and rather where a name begins a line.
function found(lines, code) {
  const word = wordOf(code);
  const kinds = ["INS", "SPAN", "DEL"].map((kind) => lines.filter(({ tagName }) => tagName === kind));
  const ways = kinds.flatMap((kind) => [DEFINED + word, word].map((way) => kind.filter(({ textContent }) => new RegExp(way).test(textContent))));
  return ways.find((way) => way.length) ?? [];
}

function wordOf(text) {
  const quoted = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return `${/^\w/.test(text) ? "(?<!\\w)" : ""}${quoted}${/\w$/.test(text) ? "(?!\\w)" : ""}`;
}

// Of a drawing the boxes and arrows whose words stand in the sentences, or are mostly their code.
function shapesOf(row, sentences) {
  const codes = sentences.flatMap((each) => [...each.querySelectorAll("code")].map(({ textContent }) => textContent));
  const isNamed = (words) => sentences.some(({ textContent }) => stands(words, textContent)) || codes.some((code) => 2 * code.length > words.length && stands(code, words));
  const texts = [...row.querySelectorAll("svg text")].filter((text) => wordsOf(text).some(isNamed));
  return texts.flatMap((text) => [boxOf(text), text].filter(Boolean));
}

function stands(words, text) {
  return new RegExp(wordOf(words), "i").test(text);
}

function wordsOf(text) {
  const rows = text.childElementCount ? [...text.children] : [text];
  return rows.map(({ textContent }) => textContent.trim()).filter(Boolean);
}

function boxOf(text) {
  return text.parentElement.closest("g:has(> rect)")?.querySelector(":scope > rect");
}
