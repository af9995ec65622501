// domino, with everything it defines open to change: the window puts its own in place of much.
import { lack } from "./record.js";

const { create, defineProperty } = Object;
const open = (each) =>
  Object.assign(each, { configurable: true }, "value" in each && { writable: true });
const opened = (all) => (Object.values(all ?? {}).forEach(open), all);
const quiet = () => {};

Object.create = (prototype, all) => create(prototype, opened(all));
Object.defineProperty = (target, name, each) => defineProperty(target, name, open(each));
// What it asks of a window while it is read; the window that the page gets is another.
globalThis.console = { warn: quiet, error: quiet };
Object.assign(globalThis, { setTimeout: quiet, clearTimeout: quiet });
Object.assign(globalThis, { setInterval: quiet, clearInterval: quiet });

// What domino knows of and has not made.
require("domino/lib/utils").nyi = () => void lack("the whole document");

module.exports = {
  ...require("domino/lib/impl"),
  FilteredElementList: require("domino/lib/FilteredElementList"),
};

Object.assign(Object, { create, defineProperty });
for (const name of ["console", "setTimeout", "clearTimeout", "setInterval", "clearInterval"]) {
  delete globalThis[name];
}
