// A clock against the planned minutes, which also goes on while its page is loaded anew.
import { forGood } from "./storage.js";

const part = document.querySelector(".clock");
const find = (name) => part.querySelector(name);
const [time, bar, late] = ["time", "progress", ".late"].map(find);
const buttons = Object.fromEntries([...part.querySelectorAll("button")].map((button) => [button.value, button]));
const KEPT = `clock of ${part.dataset.step}`;
let { gone, since } = JSON.parse(forGood.get(KEPT)) ?? { gone: 0, since: null };

function keep(next) {
  ({ gone, since } = next);
  forGood.set(KEPT, JSON.stringify(next));
  show();
}

function elapsed() {
  return gone + (since === null ? 0 : Date.now() - since);
}

function show() {
  const seconds = Math.floor(elapsed() / 1000);
  time.textContent = [Math.floor(seconds / 60), seconds % 60].map((each) => String(each).padStart(2, "0")).join(":");
  bar.value = seconds;
  late.hidden = seconds <= bar.max;
  buttons.start.hidden = since !== null;
  buttons.pause.hidden = since === null;
}

function press(pressed, other, next) {
  const hadFocus = document.activeElement === pressed;
  keep(next);
  if (hadFocus) other.focus();
}

buttons.start.addEventListener("click", () => press(buttons.start, buttons.pause, { gone, since: Date.now() }));
buttons.pause.addEventListener("click", () => press(buttons.pause, buttons.start, { gone: elapsed(), since: null }));
buttons.reset.addEventListener("click", () => keep({ gone: 0, since: since && Date.now() }));
show();
setInterval(show, 500);
