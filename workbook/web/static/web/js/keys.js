// Keys for getting about. Letters by their place, so that they work on an Arabic keyboard too.
import { forGood } from "./storage.js";
const dialog = document.querySelector(".keys");
const field = document.querySelector(".masthead input");

const FIELDS = "input, textarea, select, dialog, .editor";

export function isTyping(event) {
  return event.ctrlKey || event.metaKey || event.altKey || event.target.closest(FIELDS);
}

// A dialog, or something of the editor's, may have an Escape of its own.
export function isLeftByEscape({ key, target, defaultPrevented }) {
  return key === "Escape" && !defaultPrevented && target.closest(FIELDS) && !target.closest("dialog");
}

// In the workbench something is being written, which a slip of the hand must not leave.
export function leadsAway() {
  return !document.querySelector("main.work");
}

// Speech and a slip of the hand type letters, too: whoever does not want them switches them off.
export function takesLetters() {
  return letters.checked;
}

function press(event) {
  if (isTyping(event) || !takesLetters()) return;
  const digit = event.code.match(/^Digit(\d)$/)?.[1];
  if (digit && leadsAway()) go(event.shiftKey ? ".steps" : ".parts", digit);
  else if (event.key === "?" || event.key === "؟") dialog.showModal();
  else if (event.code === "Slash") focus(event);
  else if (event.code === "KeyD") document.querySelector(".theme").click();
}

function go(where, digit) {
  document.querySelector(`${where} a:nth-child(${digit})`)?.click();
}

function focus(event) {
  event.preventDefault();
  field.focus();
}

const letters = dialog.querySelector("input");
letters.checked = forGood.get("keys") !== "off";
letters.addEventListener("change", () => forGood.set("keys", letters.checked ? "on" : "off"));
const help = document.querySelector(".help");
help.hidden = false;
help.addEventListener("click", () => dialog.showModal());
addEventListener("keydown", press);
