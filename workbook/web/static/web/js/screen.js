// On the projector, the parts of the workbench that fill the screen.
import { isTyping, takesLetters } from "./keys.js";
import { forTheTab } from "./storage.js";

const KEYS = { KeyN: "note", KeyE: "code", KeyC: "check", KeyH: "chat", KeyW: "wire" };
const FIRST = "note code";

const panes = document.querySelector(".panes");
const group = document.querySelector(".filling");
const buttons = [...group.querySelectorAll("button")];

function fill(parts) {
  panes.dataset.filled = parts.join(" ");
  forTheTab.set("filled", panes.dataset.filled);
  buttons.forEach((button) => (button.ariaPressed = String(parts.includes(button.value))));
}

// In the order of the page; one at least is left.
function toggle(part) {
  const before = panes.dataset.filled.split(" ");
  const parts = Object.values(KEYS).filter((each) => before.includes(each) !== (each === part));
  if (parts.length) fill(parts);
}

function press(event) {
  const part = KEYS[event.code];
  if (!part || !("projecting" in document.documentElement.dataset) || isTyping(event) || !takesLetters()) return;
  event.preventDefault();
  if (event.shiftKey) toggle(part);
  else fill([part]);
}

document.querySelector(".stage [role=status]").after(group);
group.hidden = false;
group.addEventListener("click", ({ target }) => target.matches("button") && toggle(target.value));
addEventListener("keydown", press);
fill((forTheTab.get("filled") ?? FIRST).split(" "));
