// A listing stands beside the sentences that explain it, and the lines that they begin with are lit.
const WIDE = matchMedia("(min-width: 1100px)");
const root = document.documentElement;

const ANNOUNCED = /^[^.,:;،؛]*$/; // nothing was said yet before the code
const JOINED = /^[\s,،]*(and|from|و|من|من الوحدة)?\s*$/; // the code before is named together with it
const DEFINED = "^\\s*(?:async\\s+)?(?:(?:def|class|import|const|let|function)\\s+)?";

// What is put beside this stop, or undefined; the page's rows then keep free its width.
export function putBeside({ own, beside }) {
  takeAway();
  if (!beside || !WIDE.matches) return undefined;
  const lines = linesOf(beside);
  beside.classList.add("beside");
  own.forEach((element) => element.classList.add("spoken"));
  root.dataset.beside = "";
  root.style.setProperty("--beside", `${Math.ceil(beside.getBoundingClientRect().width)}px`);
  beside.scrollTop = 0;
  if (own[0] !== beside) light(lines, own[0]);
  return beside;
}

export function takeAway() {
  for (const name of ["beside", "spoken", "lit"]) {
    document.querySelectorAll(`.${name}`).forEach((element) => element.classList.remove(name));
  }
  delete root.dataset.beside;
}

// A difference has its lines; those of another listing are made when they are needed.
function linesOf(row) {
  const code = row.querySelector(".listing code");
  if (code && !code.querySelector(".line")) code.replaceChildren(...split(code));
  return [...row.querySelectorAll(".line:not(.gap)")];
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

function light(lines, sentence) {
  const named = names(sentence).flatMap((code) => found(lines, code));
  const lit = lines.filter((line) => named.includes(line));
  lit.forEach((line) => line.classList.add("lit"));
  lit[0]?.scrollIntoView({ block: "nearest", behavior: "instant" });
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
  const name = code.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const word = `${/^\w/.test(code) ? "(?<!\\w)" : ""}${name}${/\w$/.test(code) ? "(?!\\w)" : ""}`;
  const kinds = ["INS", "SPAN", "DEL"].map((kind) => lines.filter(({ tagName }) => tagName === kind));
  const ways = kinds.flatMap((kind) => [DEFINED + word, word].map((way) => kind.filter(({ textContent }) => new RegExp(way).test(textContent))));
  return ways.find((way) => way.length) ?? [];
}
