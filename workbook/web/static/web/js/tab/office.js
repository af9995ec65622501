// The worker behind this page, from when something is first asked of it: the office, and what that serves.
import { element, say } from "../elements.js";
import { notice, unsaid } from "./notice.js";
import { Server } from "./server.js";
import { take } from "./worker.js";

const PATIENCE = 60_000; // milliseconds in which a worker that is there says so
const servers = new Map(); // by the names of their steps
const told = { here, failed, broken, unkept, kept, met };
let worker;
let isHere = false; // it has Python
let timer;

export const office = new EventTarget(); // "end": nobody answers what was asked of it

export function tell(word, ports) {
  worker ??= begun();
  worker?.postMessage(word, ports);
}

// A step's server as its windows know it, also while nothing is served.
export function serverOf(step) {
  if (!servers.has(step)) servers.set(step, new Server());
  return servers.get(step);
}

// A browser may have ended the worker, and tells nobody: then another one begins.
export function knock() {
  if (!isHere || timer) return;
  tell({ knock: true });
  timer = setTimeout(again, PATIENCE);
}

function begun() {
  notice([say.tab_comes]);
  const taken = take(heard, failed);
  if (!taken) notice([say.tab_old]);
  return taken;
}

function heard(record) {
  clearTimeout(timer);
  timer = undefined;
  if (record.kind) told[record.kind](record);
  else serve(record);
}

function serve({ step, isServed }) {
  const way = { postMessage: (word, ports = []) => tell({ ...word, step }, ports) };
  if (isServed) serverOf(step).serve(way);
  else serverOf(step).away();
}

function here() {
  if (!isHere) unsaid();
  isHere = true;
  document.dispatchEvent(new Event("here"));
}

function failed() {
  notice([say.tab_failed], [say.try_again, again]);
}

function broken() {
  notice([say.tab_broken], [say.try_again, again]);
}

// Whoever waits for the worker asks the next one.
function again() {
  worker.terminate();
  [worker, isHere, timer] = [];
  for (const server of servers.values()) server.away();
  office.dispatchEvent(new Event("end"));
}

function unkept() {
  document.dispatchEvent(new CustomEvent("unkept", { detail: true }));
}

function kept() {
  document.dispatchEvent(new CustomEvent("unkept", { detail: false }));
}

function met({ name }) {
  notice([say.tab_met, " ", element("code", "", name)], [say.close, unsaid]);
}

document.addEventListener("visibilitychange", () => document.hidden || knock());
