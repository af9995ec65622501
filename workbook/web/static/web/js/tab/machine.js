// The worker behind a page: the office, and the interpreters that it starts and ends.
import { Guest } from "./guests.js";
import { interpreter } from "./interpreter.js";
import { Keeper } from "./keeper.js";

const keeper = new Keeper();
const others = new BroadcastChannel("workbook"); // the machines of this browser's other pages
const answers = []; // they wait until what they tell of is kept
const lines = new Set();
let unkept = new Map();
let spare = new Guest(turn);
let office;
let timer;
let work = opened();

async function opened() {
  const python = await interpreter();
  python.registerJsModule("workbook_browser", { guest });
  office = python.pyimport("workbook.tab.entry").office(new URL("../../../../", import.meta.url).pathname);
  await keeper.open().then(meet).catch(refused);
}

function guest(hear) {
  const taken = spare;
  taken.hear = hear.copy();
  spare = new Guest(turn);
  return taken;
}

self.onmessage = ({ data: { path, port } }) => {
  const tell = (kind, text) => answers.push([port, { kind, text }]);
  let line;
  later(() => {
    line = office.open(path, tell);
    lines.add(port);
  });
  port.onmessage = ({ data }) => later(() => (data.kind === "say" ? line.receive(data.text) : line.close()));
};

others.onmessage = () => later(() => {});

// One thing after the other, each kept before its answer goes out.
function later(act) {
  work = work.then(async () => {
    await meet().catch(refused);
    act();
    office.turn();
    await keep().catch(refused);
    turn();
  });
}

// The office's loop goes on when something has come, and when its time has.
function turn() {
  if (!office) return;
  clearTimeout(timer);
  const seconds = office.turn();
  for (const [port, answer] of answers.splice(0)) port.postMessage(answer);
  if (typeof seconds === "number") timer = setTimeout(turn, 1000 * seconds);
}

async function meet() {
  const news = await keeper.news();
  if (news.length) office.meet(news);
}

async function keep() {
  for (const [path, contents] of office.changes().toJs()) unkept.set(path, contents ?? null);
  if (unkept.size === 0) return;
  if (await keeper.keep(unkept)) {
    unkept.clear();
    others.postMessage("kept");
  } else {
    await meet();
    await keep();
  }
}

function refused(error) {
  for (const port of lines) port.postMessage({ kind: "unkept", text: String(error) });
}
