// The desks that were saved, the way back to each, and what else takes the place of the one in use.
import { element, paragraphs, savedAs, say } from "./elements.js";
import { ask, isLeft } from "./papers.js";

const part = document.querySelector(".saves");
const find = (name) => part.querySelector(name);
const [none, kept, replaced, surely, cost] = [".none", ".kept", ".replaced", ".surely", ".cost"].map(find);
const file = find("input[type=file]");
let packed = ""; // the address of the last zip

async function list() {
  const { saves } = await ask({ do: "saves" });
  none.hidden = saves.length > 0;
  const held = kept.contains(document.activeElement);
  kept.replaceChildren(...saves.reverse().map(entry));
  if (held) find("summary").focus(); // the button under it is another one now
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
  else replaced.replaceChildren(...(answer.name ? savedAs(answer.name) : []));
  list();
}

// The zip lies in this page alone: the browser puts it among its downloads.
async function pack() {
  if (!(await isLeft())) return;
  const { zip } = await ask({ do: "pack" });
  const bytes = Uint8Array.from(atob(zip), (sign) => sign.charCodeAt(0));
  const link = element("a");
  URL.revokeObjectURL(packed); // the one before: nobody tells when the browser has fetched this one
  link.href = packed = URL.createObjectURL(new Blob([bytes], { type: "application/zip" }));
  link.download = "work.zip";
  link.click();
}

function chosen() {
  const reader = new FileReader();
  reader.onload = () => sure(say.begin_sure, { do: "unpack", zip: reader.result.split(",")[1] ?? "" });
  reader.readAsDataURL(file.files[0]);
  file.value = ""; // the same one can be chosen again
}

part.addEventListener("toggle", () => part.open && list());
document.addEventListener("desk", () => part.open && list()); // another page may have saved one
find(".pack").addEventListener("click", pack);
find(".unpack").addEventListener("click", () => file.click());
file.addEventListener("change", chosen);
find(".again").addEventListener("click", () => sure(say.begin_sure, { do: "begin" }));
find(".solution").addEventListener("click", () => sure(`${say.begin_sure} ${say.solution_sure}`, { do: "solve" }));
