// The headings of a page with their stops, or the files beside a file, to choose from.
import { within } from "./here.js";

const dialog = document.querySelector(".overview");
const [form, list] = ["form", "ul"].map((name) => dialog.querySelector(name));
const number = dialog.querySelector("input");

export function openOverview(stops, current, go) {
  number.max = stops.length;
  number.value = current + 1;
  list.replaceChildren(...[...files(), ...headings(stops, go)].map(item));
  form.onsubmit = () => go(number.value - 1);
  dialog.showModal();
  number.select();
}

function files() {
  return [...document.querySelectorAll(".code > .files a")].map((file) => {
    const link = file.cloneNode();
    link.textContent = decodeURIComponent(within(link.pathname).split("/code/")[1].replace(/\/$/, ""));
    return link;
  });
}

function headings(stops, go) {
  const firsts = stops.map(({ title }, place) => ({ title, place }));
  return firsts.filter(({ title, place }) => title && title !== stops[place - 1]?.title).map((each) => entry(each, go));
}

function entry({ title, place }, go) {
  const button = document.createElement("button");
  const words = document.createElement("bdi");
  words.textContent = title;
  button.append(`${place + 1} `, words);
  button.addEventListener("click", () => {
    dialog.close();
    go(place);
  });
  return button;
}

function item(content) {
  const made = document.createElement("li");
  made.append(content);
  return made;
}
