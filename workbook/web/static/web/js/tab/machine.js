// The worker behind a page: the office, and the interpreters that it starts and ends.
import { Guest } from "./guests.js";
import { first } from "./interpreter.js";
import { Keeper } from "./keeper.js";

const keeper = new Keeper();
const others = new BroadcastChannel("workbook"); // the machines of this browser's other pages
const answers = []; // they wait until what they tell of is kept
const unkept = new Map();
const serving = new Map(); // by step: the interpreter that lets windows in
const beginning = first();
let spare = another();
let office;
let timer;
let isKept = true; // as far as the page has been told
let work = opened().catch(() => ended("failed"));

async function opened() {
  const python = await beginning.python;
  python.registerJsModule("workbook_browser", { guest });
  office = python.pyimport("workbook.tab.entry").office(new URL("../../../../", import.meta.url).pathname);
  await meet().catch(refused);
  self.postMessage({ kind: "here" });
}

// Nothing is done from here on; the page may begin anew.
function ended(kind) {
  self.postMessage({ kind });
  return new Promise(() => {});
}

function guest(hear, leave) {
  const taken = spare ?? another();
  spare = undefined;
  taken.take(hear.copy(), leave.copy(), () => (spare ??= another()));
  return taken;
}

function another() {
  return new Guest(beginning.kit, wake, doors);
}

function doors(guest, isOpen) {
  if (isOpen) serving.set(guest.step, guest);
  else if (serving.get(guest.step) === guest) serving.delete(guest.step);
  else return;
  self.postMessage({ step: guest.step, isServed: isOpen });
}

// A socket to the office has a path; all else is a window's, and goes on to what serves its step.
self.onmessage = ({ data, ports }) => {
  if (data.knock) self.postMessage({ kind: "here" });
  else if (data.path) open(data.path, ports[0]);
  else serving.get(data.step)?.worker.postMessage(data, ports);
};

function open(path, port) {
  const tell = (kind, text) => answers.push([port, { kind, text }]);
  let line;
  later(() => (line = office.open(path, tell)));
  port.onmessage = ({ data }) => later(() => (data.kind === "say" ? line.receive(data.text) : line.close()));
}

others.onmessage = () => later(() => {});

// One thing after the other, each kept before its answer goes out.
function later(act) {
  next(async () => {
    await meet().catch(refused);
    act();
    wake();
  });
}

function wake() {
  office?.wake();
  turn();
}

// The office's loop goes on when something has come, and when its time has.
function turn() {
  next(round);
}

function next(piece) {
  work = work.then(piece).catch(() => ended("broken"));
}

async function round() {
  clearTimeout(timer);
  const seconds = office.turn();
  if (office.is_awake()) await keep().catch(refused);
  for (const [port, answer] of answers.splice(0)) port.postMessage(answer);
  if (typeof seconds === "number") timer = setTimeout(turn, 1000 * seconds);
}

async function meet() {
  const news = await keeper.news();
  if (!news.length) return;
  const name = office.meet(news, [...unkept.keys()]);
  for (const [path] of news) unkept.delete(path); // it was saved, and theirs lies there now
  if (name) self.postMessage({ kind: "met", name });
}

async function keep() {
  for (const [path, contents] of office.changes().toJs()) unkept.set(path, contents ?? null);
  if (unkept.size === 0) return;
  if (await keeper.keep(unkept)) {
    unkept.clear();
    tellKept(true);
    others.postMessage("kept");
  } else {
    await meet();
    await keep();
  }
}

// The browser's storage is full, or takes nothing: what is unkept is tried again at each change.
function refused() {
  tellKept(false);
}

function tellKept(now) {
  if (now !== isKept) self.postMessage({ kind: now ? "kept" : "unkept" });
  isKept = now;
}
