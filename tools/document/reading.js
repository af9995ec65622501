// What somebody reads on the page: nothing hidden, no code, and what its fields hold.
import * as domino from "./domino.js";
import { extend } from "./members.js";
import { style } from "./values.js";

const SILENT = /^(head|noscript|script|style|template)$/;
const BLOCKS = new Set(
  `article dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header li main ol p pre section table
  tr ul`.match(/\w+/g),
);

const EDGE = "\u0001"; // where a block begins or ends, and so a line if there is anything in it

export const read = (node) => lines(parts(node));

function parts(node) {
  if (node.nodeType === 3) return node.data;
  if (node.nodeType !== 1 || SILENT.test(node.localName) || isHidden(node)) return "";
  if (node.localName === "br") return "\n";
  if (/^(input|textarea)$/.test(node.localName)) return EDGE + node.value + EDGE;
  return BLOCKS.has(node.localName) ? EDGE + within(node) + EDGE : within(node);
}

const within = (node) => [...node.childNodes].map(parts).join("");
const lines = (text) => text.replace(/^\x01+|\x01+$/g, "").replace(/\s*\x01\s*/g, "\n");

export const isHidden = (element) =>
  element.hidden ||
  (element.localName === "input" && element.type === "hidden") ||
  (element.localName === "dialog" && !element.open) ||
  style(element).display === "none";

extend(domino.HTMLElement.prototype, {
  get innerText() {
    return SILENT.test(this.localName) ? this.textContent : lines(within(this));
  },
  set innerText(text) {
    const [first, ...rest] = `${text}`.split("\n");
    const lines = rest.flatMap((each) => [this.ownerDocument.createElement("br"), each]);
    this.replaceChildren(first, ...lines);
  },
  get outerText() {
    return this.innerText;
  },
  checkVisibility() {
    return !isHidden(this);
  },
});

// Which way the text runs in this element, or in the innermost one in it that shows that text.
export function direction(element, text) {
  const inner = text
    ? element.querySelectorAll("*").findLast((each) => read(each).includes(text))
    : null;
  const around = (inner ?? element).closest("[dir], bdi");
  return around?.getAttribute("dir")?.toLowerCase() ?? (around ? "auto" : "");
}
