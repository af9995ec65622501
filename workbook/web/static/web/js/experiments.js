// The experiments of the note's "Break it": one click puts them into the file, one takes them back.
import { element, linked, paragraphs, savedAs, say, spoken } from "./elements.js";
import { isLeft } from "./papers.js";
import { connect } from "./socket.js";

const part = document.querySelector(".experiments");
const [list, told] = ["ul", ".told"].map((name) => part.querySelector(name));

const send = connect(
  {
    experiments: show,
    kept: ({ name }) => told.replaceChildren(...savedAs(name)),
    taken: () => (told.textContent = say.taken_back),
    trouble: ({ what, then }) => told.replaceChildren(...spans([...what, ...then])),
  },
  { opened: () => told.textContent === say.disconnected && told.replaceChildren(), lost: () => (told.textContent = say.disconnected) },
  part.dataset.socket,
);

function spans(texts) {
  return texts.flatMap((text) => [spoken("span", text), " "]);
}

function show({ experiments }) {
  experiments.forEach((each, index) => stand(list.children[index] ?? list.appendChild(item(each)), each));
}

function item({ name, path, title, read }) {
  const button = element("button", "");
  button.type = "button";
  button.onclick = () => press(button, name, path);
  const links = title.flatMap((text, index) => [linked({ ...read[index], ...text }), " "]);
  return element("li", "", button, " ", ...links, element("div", "look"));
}

// The button stays the same one: who has just pressed it may press it again.
function stand(made, { title, look, save, why }) {
  const button = made.querySelector("button");
  button.dataset.word = save ? "back" : "put";
  button.textContent = save ? say.take_back : say.put_on;
  button.ariaLabel = `${button.textContent}: ${title[0].text}`;
  button.disabled = why.length > 0;
  const shown = save ? [element("p", "", say.put_is_on), ...paragraphs(look)] : paragraphs(why, "why");
  made.querySelector(".look").replaceChildren(...shown);
}

async function press(button, name, path) {
  if (!(await isLeft())) return; // what stands in the way is told beside the file
  send(`${button.dataset.word} ${name}`);
  [...document.querySelectorAll(".files button")].find(({ textContent }) => textContent === path)?.click();
}
