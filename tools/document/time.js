// Time, which passes only when it is told to.
import { guarded } from "./events.js";
import { provide } from "./members.js";
import { runLater } from "./record.js";

const timers = new Map();
let last = 0;
let now = 0;

export function later(callback, delay = 0, every = 0, values = []) {
  const at = now + Math.max(Number(delay) || 0, 0);
  timers.set(++last, { at, callback, every, values });
  return last;
}

// Calls what is due next within that many milliseconds; false when nothing is.
export function turn(until) {
  const due = [...timers].filter(([, each]) => each.at <= until);
  const [id, timer] = due.sort(([, one], [, other]) => one.at - other.at)[0] ?? [];
  now = timer ? timer.at : until;
  if (!timer) return false;
  if (timer.every) timer.at = now + timer.every;
  else timers.delete(id);
  guarded(() => timer.callback(...timer.values));
  return true;
}

export const present = () => now;

const called = (callback) =>
  typeof callback === "function" ? callback : () => void runLater(`${callback}`);
const stop = (id) => void timers.delete(id);
const idle = { didTimeout: false, timeRemaining: () => 10 };

provide({
  setTimeout: (callback, delay, ...values) => later(called(callback), delay, 0, values),
  setInterval(callback, delay, ...values) {
    const every = Math.max(Number(delay) || 0, 4);
    return later(called(callback), every, every, values);
  },
  clearTimeout: stop,
  clearInterval: stop,
  requestAnimationFrame: (callback) => later(callback, 16, 0, [now + 16]),
  cancelAnimationFrame: stop,
  requestIdleCallback: (callback) => later(callback, 1, 0, [idle]),
  cancelIdleCallback: stop,
});
