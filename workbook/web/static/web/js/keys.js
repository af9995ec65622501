// Keys for getting about. Letters by their place, so that they work on an Arabic keyboard too.
const dialog = document.querySelector(".keys");
const field = document.querySelector(".masthead input");

export function isTyping(event) {
  return event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog, .editor");
}

export function takesLetters() {
  return true;
}

function press(event) {
  if (isTyping(event)) return;
  const digit = event.code.match(/^Digit(\d)$/)?.[1];
  if (digit) go(event.shiftKey ? ".steps" : ".parts", digit);
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

const help = document.querySelector(".help");
help.hidden = false;
help.addEventListener("click", () => dialog.showModal());
addEventListener("keydown", press);
