// Copies listings and the addresses of headings.
const { copy, copied } = document.body.dataset;

async function take(text, button) {
  await navigator.clipboard.writeText(text);
  button.classList.add("done");
  if (button.matches("button")) button.textContent = copied;
  setTimeout(() => {
    button.classList.remove("done");
    if (button.matches("button")) button.textContent = copy;
  }, 1500);
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
