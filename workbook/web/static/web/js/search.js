// The search page of a site of files: what a server would have put there.
import { results } from "./passages.js";

const LONGEST = 200; // letters of a query
const query = [...(new URLSearchParams(location.search).get("q") ?? "").trim()].slice(0, LONGEST).join("");
const links = [...document.querySelectorAll(".languages a")];
const home = document.querySelector(".home").href;
const [list, nothing] = ["ol", ".nothing"].map((name) => document.querySelector(`.results ${name}`));

async function index(language) {
  const address = new URL(`../../search-${language}.json`, import.meta.url);
  return [language, await (await fetch(address)).json()];
}

async function show() {
  const indexes = Object.fromEntries(await Promise.all(["en", "ar"].map(index)));
  const language = links.find((link) => link.matches("[aria-current]")).dataset.language;
  const found = results(indexes, query, language);
  list.replaceChildren(...found.map((each) => entry(each, language)));
  nothing.hidden = found.length > 0;
  nothing.querySelector("bdi").textContent = query;
}

// In the reader's language, if the passage is shown there; else in its own.
function entry({ language, address, anchor, heading, title, snippet }, reader) {
  const shown = reader === "both" ? reader : language;
  const link = made("a", heading);
  link.href = new URL(`../${shown}/${address}#${anchor}`, home);
  const words = made("p", ...snippet.map(([text, wanted]) => (wanted ? made("mark", text) : text)));
  words.dir = "auto";
  const page = made("p", title);
  page.className = "page";
  const item = made("li", made("h2", link), page, words);
  return Object.assign(item, { lang: language, dir: language === "ar" ? "rtl" : "ltr" });
}

function made(name, ...content) {
  const element = document.createElement(name);
  element.append(...content);
  return element;
}

if (query) {
  document.querySelector(".masthead input").value = query;
  document.title = `${query} · ${document.title}`;
  for (const link of links) link.search = location.search;
  show();
}
