// Elements made of what the engine says: texts with their language, `code` in backticks.
export const say = JSON.parse(document.querySelector("#say").textContent);

export function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

function pieces(text) {
  return text.split("`").map((piece, index) => (index % 2 ? element("code", "", piece) : piece));
}

export function spoken(name, { lang, dir, text }) {
  const made = element(name, "", ...pieces(text));
  return Object.assign(made, { lang, dir });
}

export function paragraphs(texts, className = "") {
  return texts.map((text) => Object.assign(spoken("p", text), { className }));
}

export function links(read) {
  return element("ul", "links", ...read.map((link) => element("li", "", linked(link))));
}

export function linked(link) {
  const anchor = element("a", "", ...pieces(link.text));
  return Object.assign(anchor, { href: link.url, lang: link.lang, dir: link.dir });
}

// The name stands by itself: among Arabic words its parts would change places.
export function savedAs(name) {
  return [say.saved_as, " ", element("code", "", name)];
}

// What stands after an empty line is code, the same in each language.
export function explained(texts) {
  const parts = texts.map(({ text }) => text.trimEnd().split("\n\n"));
  const words = texts.map((text, index) => spoken("p", { ...text, text: parts[index][0] }));
  const listings = new Set(parts.map(([, ...listing]) => listing.join("\n\n")).filter(Boolean));
  return [...words, ...[...listings].map(listed)];
}

function listed(listing) {
  const made = element("pre", "", element("code", "", listing));
  return Object.assign(made, { tabIndex: 0, lang: "en", dir: "ltr" });
}
