// A browser's window around domino's document, for pages that are run and not looked at.
//
// It leaves one name, `act`: a function that takes an act and what it needs, and answers, both in
// JSON. After each act there may be something to do outside: `next` asks for it.
import "./domino.js";
import "./events.js";
import "./handlers.js";
import "./nodes.js";
import "./fields.js";
import "./forms.js";
import "./focus.js";
import "./tables.js";
import "./rest.js";
import "./documents.js";
import "./texts.js";
import "./storage.js";
import "./fetch.js";
import "./window.js";
import { provide } from "./members.js";
import { point, press, type } from "./hands.js";
import { direction, read } from "./reading.js";
import { fail, page, record } from "./record.js";
import { load, next } from "./scripts.js";
import { closed, opened, received } from "./sockets.js";
import { present, turn } from "./time.js";

const byId = (id) => page.document.getElementById(id);
const acts = {
  load,
  next,
  fail,
  turn,
  now: present,
  record: () => record,
  has: (id) => byId(id) !== null,
  read: (id) => read(id ? byId(id) : page.document.body),
  direction: (id, text) => direction(byId(id), text),
  type: (id, text) => type(byId(id), text),
  press: (id, key) => press(byId(id), key),
  click: (id) => point(byId(id)),
  open: (index) => opened(record.sockets[index]),
  receive: (index, data) => received(record.sockets[index], data),
  close: (index, code) => closed(record.sockets[index], { code, reason: "", wasClean: false }),
};

provide({ act: (name, what) => JSON.stringify(acts[name](...JSON.parse(what)) ?? null) });
