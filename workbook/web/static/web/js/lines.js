// Ranges of lines in the address: #L3 or #L3-L7.
const RANGE = /^#L(\d+)(?:-L(\d+))?$/;
const lines = [...document.querySelectorAll(".source .line")];

function range() {
  const found = location.hash.match(RANGE);
  if (!found) return [0, 0];
  const [first, last] = [Number(found[1]), Number(found[2] ?? found[1])];
  return [Math.min(first, last), Math.max(first, last)];
}

function show() {
  const [first, last] = range();
  lines.forEach((line, index) => line.classList.toggle("chosen", first <= index + 1 && index + 1 <= last));
  return lines[first - 1];
}

function choose(event) {
  const number = event.target.closest("[data-number]")?.dataset.number;
  const [first] = range();
  if (!number || !event.shiftKey || !first) return;
  event.preventDefault();
  const [from, to] = [first, Number(number)].sort((one, other) => one - other);
  history.replaceState(null, "", `#L${from}-L${to}`);
  show();
}

document.querySelector(".source").addEventListener("click", choose);
addEventListener("hashchange", show);
show()?.scrollIntoView({ block: "center" });
