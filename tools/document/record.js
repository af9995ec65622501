// What is written down of a page: its errors, what it lacks here, its sockets, where it went.
import { resort } from "./members.js";

export const page = {
  document: null,
  address: null,
  event: undefined,
  focused: null,
  script: null,
};
export const record = { errors: [], lacks: [], sockets: [], left: null };

// What the page asks of the outside besides its scripts, as generators.
export const asked = [];

// Runs code that stands neither in a script nor in a function.
export const runLater = (code) =>
  asked.push(function* () {
    const error = yield { run: code, after: 0 };
    if (error) fail(error);
  });

// Each script's lines are counted from a multiple of this, so that a stack says which it was.
export const APART = 10000;
export const titles = [];

// Writes down an error as a browser's console would show it; its value are the error's words.
export function write(error) {
  const says = error?.stack === undefined ? `Uncaught ${error}` : `${error.name}: ${error.message}`;
  record.errors.push({ says, code: error?.written, ...place(error?.stack ?? "") });
  return says;
}

// Writes down a script's error as the engine tells it: its words, and below them its stack.
export function fail(error, start = {}) {
  const [says, ...stack] = error.split("\n");
  record.errors.push({ says, ...start, ...place(stack.join("\n")) });
}

function place(stack) {
  const lines = [...stack.matchAll(/<\w+>:(\d+)/g)].map((each) => Number(each[1]));
  const line = lines.find((each) => each > APART);
  return line ? { script: titles[Math.floor(line / APART) - 1], line: line % APART } : {};
}

// An object that has no more than this of what a browser's has.
export const part = (name, object) => resort(object, (all, member) => missing(name, member));

// A promise asks whatever it gets for `then`, and JSON for `toJSON`.
function missing(name, member) {
  if (!/^(then|toJSON)$/.test(member)) lack(`${name}.${member}`);
}

// Writes down that the page asked for something that browsers have and this window has not.
export function lack(name) {
  if (!record.lacks.includes(name)) record.lacks.push(name);
}
