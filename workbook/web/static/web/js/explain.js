// What a record of the wire means: its explanation, where to read on, and the line of the code.
import { element, linked, links, paragraphs, say } from "./elements.js";
import { seek } from "./seek.js";

const known = new Map(); // explanations, by name

export function learn(explanations) {
  for (const [name, explanation] of Object.entries(explanations)) known.set(name, explanation);
}

export function explain(fold, { explained, place, trouble, says }) {
  fold.querySelector(".meaning")?.remove();
  const { says: meaning, read } = known.get(explained);
  const code = place ? [where(place, trouble ? says : [])] : [];
  fold.append(element("div", "meaning", ...paragraphs(meaning), ...code, element("p", "in-note", say.in_the_note), outside(links(read))));
  fold.scrollIntoView({ block: "nearest" });
}

// Whoever reads on keeps the windows and the wire.
function outside(part) {
  part.querySelectorAll("a").forEach((link) => (link.target = "_blank"));
  return part;
}

function where(place, says) {
  const { url, editors } = place;
  const part = element("p", "where", ...(url ? place.says.map((words) => linked({ ...words, url })) : named(place, says)));
  part.append(...editors.flatMap(({ name, url: address }) => [" ", Object.assign(element("a", "", name), { href: address })]));
  part.addEventListener("click", (event) => event.stopPropagation()); // it is no passage of the note
  return outside(part);
}

// On the desk it is opened in the editor beside, if there is one.
function named({ path, line, says: words }, says) {
  const opens = document.querySelector(".papers");
  return words.map((text) => {
    const made = Object.assign(element(opens ? "button" : "span", "", ...paragraphs([text])[0].childNodes), { lang: text.lang, dir: text.dir });
    if (opens) Object.assign(made, { type: "button", onclick: () => seek(path, line, says) });
    return made;
  });
}
