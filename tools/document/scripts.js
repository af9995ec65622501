// Loading: a script runs as soon as the parser has read it, unless it says otherwise.
//
// What only the outside can do is asked for: `{ run, after }`, to run a script in the global scope
// as if so many lines stood before it, and `{ get }`, to ask the page's own server. The answers are
// the script's error or "", and `{ status, body }`.
import { URL } from "./address.js";
import * as domino from "./domino.js";
import { Event, dispatch } from "./events.js";
import { leaveOut } from "./foreign.js";
import { replaceable } from "./members.js";
import { WITH_NAMES, inert, namedIn } from "./nodes.js";
import { APART, asked, fail, lack, page, titles } from "./record.js";

const JAVASCRIPT = /^((text|application)\/(x-)?(java|ecma)script)?$/i;
const IMPORTS = /^\s*(import\b(?!\s*[(.])|export\b)/m;
const begun = new WeakSet();
const waiting = [];
let work;

export function load(html, address) {
  page.address = new URL(address);
  const parser = new domino.HTMLParser(address);
  page.document = parser.document();
  work = working(parser, html);
}

// What is to be done outside next, once the answer to the last is given; null if there is nothing.
export const next = (answer) => work.next(answer).value;

function* working(parser, html) {
  let read = "";
  for (const part of html.match(/[^]*?<\/script[^>]*>|[^]+$/gi) ?? []) {
    page.document.defaultView = globalThis;
    parser.parse(part, false);
    read += part;
    yield* runScripts(read);
  }
  page.document.defaultView = null; // domino would tell it that all is loaded
  parser.parse("", true);
  page.document.defaultView = globalThis;
  yield* finish();
  for (;;) {
    yield* runScripts();
    while (asked.length) yield* asked.shift()();
    yield null;
  }
}

function* finish() {
  become("interactive");
  while (waiting.length) yield* run(waiting.shift());
  dispatch(page.document, new Event("DOMContentLoaded", { bubbles: true }));
  yield* runScripts();
  become("complete");
  dispatch(globalThis, new Event("load"));
  dispatch(globalThis, new Event("pageshow"));
  page.document.querySelector("[autofocus]")?.focus();
}

function become(state) {
  page.document.readyState = state;
  dispatch(page.document, new Event("readystatechange"));
}

// Runs what has come into the document; `read` is the HTML so far, if the parser brought it.
function* runScripts(read) {
  nameElements();
  for (const element of page.document.querySelectorAll("script")) {
    if (begun.has(element) || inert.has(element) || !isScript(element)) continue;
    begun.add(element);
    const script = { element, ...(yield* source(element, read)) };
    const waits =
      isModule(element) || (element.hasAttribute("src") && (element.defer || element.async));
    if (read && waits) waiting.push(script);
    else yield* run(script);
  }
}

// An element with an id is a global variable too, and so are some with a name.
function nameElements() {
  const { document } = page;
  const ids = document.querySelectorAll("[id]").map((each) => each.id);
  const names = document.querySelectorAll(WITH_NAMES).map((each) => each.getAttribute("name"));
  for (const each of [...ids, ...names]) {
    if (each in globalThis) continue;
    const element = () => document.getElementById(each) ?? namedIn(document, each);
    replaceable(globalThis, each, element);
  }
}

const typeOf = (element) => (element.getAttribute("type") ?? "").trim();
const isModule = (element) => /^module$/i.test(typeOf(element));
const isScript = (element) =>
  (isModule(element) || JAVASCRIPT.test(typeOf(element))) &&
  (element.hasAttribute("src") || element.text !== "") &&
  !element.hasAttribute("nomodule");

// A script's code, where it is from, and how many lines stand before it there.
function* source(element, read) {
  const address = element.getAttribute("src");
  if (address !== null) return yield* fetched(address);
  const lines = (text) => text.split(/\r\n|\r|\n/).length - 1;
  return { code: element.text, title: "", skip: read ? lines(read) - lines(element.text) : 0 };
}

function* fetched(address) {
  const url = URL.parse(address, page.document.baseURI);
  const title = url?.href ?? address;
  const answer = url?.origin === page.address.origin ? yield { get: title } : null;
  if (!answer) leaveOut(title);
  const found = !answer || answer.status === 200; // what is only lacking here is empty
  return { code: found ? (answer?.body ?? "") : null, title, skip: 0 };
}

function* run({ element, code, title, skip }) {
  if (code === null) {
    fail(`LoadError: there is no script at ${title}`);
    return void dispatch(element, new Event("error"));
  }
  if (isModule(element) && IMPORTS.test(code)) return lack("import");
  page.script = isModule(element) ? null : element;
  const after = APART * titles.push(title) + skip;
  const error = yield { run: isModule(element) ? alone(code) : code, after };
  page.script = null;
  if (error) fail(error, { script: title, line: skip + 1 });
  if (title) dispatch(element, new Event("load"));
}

// A module's names are its own, and it may wait.
const alone = (code) => `(async function () { "use strict"; ${code}\n})().catch(reportError)`;
