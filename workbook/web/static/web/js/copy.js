// Copies listings and the addresses of headings.
const { copy, copied } = document.body.dataset;

export async function take(text, button) {
  await (navigator.clipboard ? navigator.clipboard.writeText(text) : copySelected(text));
  button.classList.add("done");
  if (button.matches("button")) button.textContent = copied;
  setTimeout(() => {
    button.classList.remove("done");
    if (button.matches("button")) button.textContent = copy;
  }, 1500);
}

// Over the network without HTTPS there is no clipboard but that of what is selected.
function copySelected(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

// Of a difference, what the file has afterwards.
function textOf(listing) {
  const code = listing.querySelector("code").cloneNode(true);
  code.querySelectorAll("del, .gap").forEach((line) => line.remove());
  return code.textContent;
}

function addButton(listing) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = copy;
  button.lang = document.documentElement.lang;
  button.addEventListener("click", () => take(textOf(listing), button));
  listing.append(button);
}

function copyAddress(event) {
  take(event.currentTarget.href, event.currentTarget);
}

document.querySelectorAll(".listing:not(.text)").forEach(addButton);
document.querySelectorAll(".anchor").forEach((link) => link.addEventListener("click", copyAddress));
