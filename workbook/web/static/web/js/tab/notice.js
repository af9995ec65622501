// What a page says of its own tab, above all else, and the way on from there.
import { element } from "../elements.js";

const part = element("section", "of-tab");
part.setAttribute("role", "status");
document.querySelector("main").prepend(part);

// In place of what it said before; a way on is its words and what is done then.
export function notice(content, ...ways) {
  part.replaceChildren(element("p", "", ...content), ...ways.map(way));
}

export function unsaid() {
  part.replaceChildren();
}

function way([words, act]) {
  return Object.assign(element("button", "", words), { type: "button", onclick: act });
}
