// The walk through the stops by keys: on the wall, and in the teacher's window.
import { isTyping, takesLetters } from "./keys.js";

const isRightToLeft = getComputedStyle(document.documentElement).direction === "rtl";
const [forward, back] = isRightToLeft ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];

const KEYS = {
  [forward]: "forward", ArrowDown: "forward", PageDown: "forward", " ": "forward",
  [back]: "back", ArrowUp: "back", PageUp: "back",
  Home: "first", End: "last",
};
const LETTERS = { KeyN: "forward", KeyP: "back", KeyT: "short", KeyO: "overview" };

// Where a key is text, or presses a button, it leads nowhere.
export function listen(asked) {
  addEventListener("keydown", (event) => {
    if (isTyping(event) || (event.key === " " && event.target.closest("button, summary"))) return;
    const act = asked(event);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

export function wayOf({ code, key }, acts) {
  return acts[KEYS[key] ?? (takesLetters() && LETTERS[code])];
}
