// The way through the stops: all of them, or the short one of what is seen or asked.
import { forTheTab } from "./storage.js";

const forward = getComputedStyle(document.documentElement).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";

export function wantsShort() {
  return forTheTab.get("short") === "yes";
}

export function keepShort(wanted) {
  forTheTab.set("short", wanted ? "yes" : "no");
}

export function isShort(stops) {
  return wantsShort() && stops.some((stop) => stop.isShort);
}

// On the short way, the nearest stop that belongs to it; at its end, where one is.
export function next(stops, current, by) {
  let place = current + by;
  while (isShort(stops) && stops[place] && !stops[place].isShort) place += by;
  return stops[place] ? place : current;
}

// Where this stop is on the way that is gone, and how many there are.
export function count(stops, current) {
  const isOn = (stop) => stop.isShort || !isShort(stops);
  return `${stops.slice(0, current + 1).filter(isOn).length} / ${stops.filter(isOn).length}`;
}

export function isForward(code, key, takesLetters) {
  return [forward, "ArrowDown", "PageDown", " "].includes(key) || (takesLetters && code === "KeyN");
}

export function isBack(code, key, takesLetters) {
  return [back, "ArrowUp", "PageUp"].includes(key) || (takesLetters && code === "KeyP");
}
