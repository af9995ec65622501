// The way through the stops: all of them, or the short one of what is seen or asked.
import { forTheTab } from "./storage.js";

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

export function first(stops) {
  return next(stops, -1, 1);
}

export function last(stops) {
  return next(stops, stops.length, -1);
}

// Where this stop is on the way that is gone, and how many there are.
export function count(stops, current) {
  const isOn = (stop) => stop.isShort || !isShort(stops);
  return `${stops.slice(0, current + 1).filter(isOn).length} / ${stops.filter(isOn).length}`;
}
