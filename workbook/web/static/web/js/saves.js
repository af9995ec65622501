// The desks that were saved, the way back to each, and what else takes the place of the one in use.
import { element, paragraphs, say } from "./elements.js";
import { ask, isLeft } from "./papers.js";

const part = document.querySelector(".saves");
const find = (name) => part.querySelector(name);
const [none, kept, replaced, surely, cost] = [".none", ".kept", ".replaced", ".surely", ".cost"].map(find);

async function list() {
  const { saves } = await ask({ do: "saves" });
  none.hidden = saves.length > 0;
  kept.replaceChildren(...saves.reverse().map(entry));
}

function entry({ name, size }) {
  const button = element("button", "", say.restore);
  Object.assign(button, { type: "button", ariaLabel: `${say.restore} ${name}` });
  button.onclick = () => sure(say.begin_sure, { do: "restore", name });
  const words = element("bdi", "", element("code", "", name), ` ${Math.ceil(size / 1000)} kB`);
  words.dir = "ltr";
  return element("li", "", words, " ", button);
}

// What it costs is said before it is done.
function sure(words, request) {
  cost.textContent = words;
  surely.returnValue = "no"; // which Escape leaves as it is
  surely.onclose = () => surely.returnValue === "yes" && replace(request);
  surely.showModal();
}

async function replace(request) {
  if (!(await isLeft())) return; // what stands in the way is told beside the file
  const answer = await ask(request);
  if (answer.kind === "trouble") replaced.replaceChildren(...paragraphs(answer.what), ...paragraphs(answer.then));
  else replaced.textContent = answer.name ? `${say.saved_as} ${answer.name}` : "";
  list();
}

part.addEventListener("toggle", () => part.open && list());
find(".again").addEventListener("click", () => sure(say.begin_sure, { do: "begin" }));
find(".solution").addEventListener("click", () => sure(`${say.begin_sure} ${say.solution_sure}`, { do: "solve" }));
