// The step before, in windows beside this step's: what has changed is seen at once.
import { tab } from "./engine.js";

const part = document.querySelector(".before");
const box = document.querySelector(".with-before");
const room = document.querySelector("section.try .room");
const draw = tab && part ? tab.drawing(part.dataset.step) : drawFrame;
let shown = 0; // the beginning whose pages stand in the windows

// Whether the page may show it: for another port it has to be loaded anew.
export function showBeside(beside) {
  if (!beside || !box) return true;
  const { port, beginning, state, framed } = beside;
  if (beginning && !part.dataset.server.endsWith(`:${port}`)) return false;
  box.checked = beginning > 0;
  box.disabled = false;
  const lives = state === "running" ? beginning : 0;
  part.hidden = !lives;
  part.classList.toggle("links-only", !framed);
  if (lives !== shown) {
    shown = lives;
    part.replaceChildren(...(shown ? [document.querySelector(".of-before").content.cloneNode(true)] : []));
    showRoomBeside();
  }
  return true;
}

export function showRoomBeside() {
  const name = part && "rooms" in part.dataset ? `${encodeURIComponent(room.value.trim())}/` : "";
  part?.querySelectorAll("figure").forEach((figure) => {
    draw(figure, `${part.dataset.server}/chat/${name}`);
  });
}

function drawFrame(figure, address) {
  figure.querySelector("a").href = address;
  figure.querySelector("iframe").setAttribute("src", part.matches(".links-only") ? "about:blank" : address);
}

export function askBeside(send) {
  box?.addEventListener("change", () => send(box.checked ? "beside" : "alone"));
}
