// The desk's files: the list of them, the one that is open, and the way of what is typed to the disk.
import { Drafts } from "./drafts.js";
import { compared, Editor } from "./editor.js";
import { element, paragraphs, savedAs, say } from "./elements.js";
import { connect } from "./socket.js";
import { forTheTab } from "./storage.js";

const PAUSE = 300; // milliseconds after the last key until it is saved
const PATIENCE = 10_000; // milliseconds until a save that nobody answers is sent anew

const part = document.querySelector(".papers");
const find = (name) => part.querySelector(name);
const [own, others, given] = [".own", ".others", "ul.given"].map(find);
const [host, status, notice] = [".text", ".state", ".notice"].map(find);
const [difference, refused, naming] = [".difference", ".refused", ".naming"].map(find);
const lesson = part.dataset.lesson.split(" ");
const drafts = new Drafts(part.dataset.step);
const editor = new Editor(host, { changed, saved: save });
const answers = new Map();
const unanswered = new Set(); // texts that were sent: any of them may have come to the disk
let papers = [];
let open; // the paper in the editor, as it is known to lie on the disk
let writing; // the change that is on its way
let timer;
let number = 0;
let unkept = ""; // what is said of a browser that does not keep what is saved
let blamed; // by the last check, and where

const send = connect(
  { papers: showPapers, paper: answered, newer: answered, kept: answered, saves: answered, packed: answered, trouble: answered },
  { opened: () => isDirty() && save(), lost },
  part.dataset.socket,
);

export function ask(request) {
  const id = String((number += 1));
  return new Promise((resolve, reject) => {
    answers.set(id, { resolve, reject });
    send(JSON.stringify({ ...request, id }));
  });
}

function answered(record) {
  answers.get(record.id)?.resolve(record);
  answers.delete(record.id);
}

// A connection of which the other end is asleep or gone looks as if it were open.
function renew() {
  lost();
  send.renew();
}

function lost() {
  for (const { reject } of answers.values()) reject(new Error("lost"));
  answers.clear();
  if (isDirty()) tell(say.kept_in_browser);
}

function showPapers(record) {
  const isSame = drawn(record.papers) === drawn(papers);
  papers = record.papers;
  if (!isSame) list(); // a button may just be under the finger
  sign();
  if (open && !papers.length && !writing && !isDirty()) leave();
  part.classList.toggle("bare", !open && !papers.length);
  if (!open && papers.length) begin();
  else if (open && papers.length && !writing) follow(papers.find(({ path }) => path === open.path));
}

// Another step lies there now: what was shown is not there to be written in.
function leave() {
  open = undefined;
  editor.open("", "", true);
  notice.replaceChildren();
  tell("");
}

function drawn(entries) {
  return JSON.stringify(entries.map((paper) => [paper.path, paper.given, isOwn(paper)]));
}

function list() {
  own.replaceChildren(...papers.filter(isOwn).map(entry));
  others.replaceChildren(...papers.filter((paper) => !isOwn(paper) && !paper.given).map(entry));
  given.replaceChildren(...papers.filter((paper) => paper.given).map(entry));
}

// What the step is about and what the learner has written stands before all the rest.
function isOwn({ path, mark }) {
  return Boolean(mark) || lesson.includes(path);
}

function entry(paper) {
  const button = element("button", "", element("bdi", "", paper.path));
  Object.assign(button, { type: "button", onclick: () => show(paper.path) });
  if (paper.path === open?.path) button.ariaCurrent = "true";
  return element("li", "", button);
}

// What has changed since the step was begun.
function sign() {
  const marks = new Map(papers.map(({ path, mark }) => [path, mark]));
  for (const entry of part.querySelectorAll(".files li")) {
    const mark = marks.get(entry.firstChild.textContent);
    entry.querySelector(".mark")?.remove();
    if (mark) entry.append(element("span", `mark ${mark}`, say[mark]));
  }
}

// The file that was open last, or the first that the step is about.
async function begin() {
  for (const draft of drafts.left()) {
    if (!(await isLeft())) return; // the next comes when this one is settled
    await recover(draft);
  }
  if (open || !papers.length) return;
  const last = forTheTab.get(`open ${part.dataset.step}`);
  const path = [last, ...lesson, papers[0].path].find((each) => papers.some((paper) => paper.path === each));
  show(path);
}

// What a tab has left that was closed, or that lost the walkthrough, before its text was saved.
async function recover({ path, version, text }) {
  const found = await ask({ do: "read", path });
  if (found.kind !== "paper") return trouble(found);
  if (found.text === text) return drafts.drop(path);
  open = { ...found, version, text: found.text ?? "" };
  editor.open(path, text, false);
  current();
  if (found.version === version) return save();
  differ(found, text);
}

async function show(path) {
  if (open?.path === path) return;
  const paper = await ask({ do: "read", path }).catch(() => ({ kind: "trouble" }));
  if (paper.kind !== "paper") return trouble(paper);
  if (!(await isLeft())) return; // what stands in the way is told
  const draft = [...drafts.left()].find((each) => each.path === path && each.text !== paper.text);
  if (draft) await recover(draft);
  else take(paper);
}

// Whether all that was typed in the open file is on the disk, so that another may take its place.
export async function isLeft() {
  while (writing) await writing; // what was typed meanwhile is sent right after it
  if (isDirty()) await save();
  return !isDirty() && difference.hidden;
}

function take(paper) {
  open = { ...paper };
  refused.replaceChildren(...paragraphs(paper.refused));
  host.hidden = paper.text === null;
  editor.open(paper.path, paper.text ?? "", paper.given || paper.text === null);
  if (open.text !== null) open.text = editor.text; // its lines end in one way there
  forTheTab.set(`open ${part.dataset.step}`, paper.path);
  tell(paper.given ? say.given : unkept);
  settle();
  current();
  mark();
}

function current() {
  const buttons = [...part.querySelectorAll("li button")];
  buttons.forEach((button) => (button.ariaCurrent = button.textContent === open.path ? "true" : null));
  const chosen = buttons.find((button) => button.ariaCurrent);
  if (chosen?.closest(".more")) find(".more").open = true;
  part.querySelectorAll(".tools .of-file").forEach((button) => (button.disabled = open.given));
}

// Somebody else may have saved the open file: what nobody has typed over is shown anew.
async function follow(entry) {
  if (entry?.version === open.version || (!entry && !open.version)) return;
  const paper = await ask({ do: "read", path: open.path });
  if (paper.path !== open.path || paper.version === open.version || writing) return;
  if (isDirty()) return differ(paper, editor.text);
  if (paper.version) take(paper);
  else {
    tell(say.gone_elsewhere);
    open.version = "";
  }
}

function isDirty() {
  return Boolean(open) && open.text !== null && !open.given && editor.text !== open.text;
}

function changed() {
  const kept = drafts.keep(open.path, open.version, editor.text);
  tell(kept ? say.unsaved : say.no_storage);
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
}

export async function save() {
  clearTimeout(timer);
  if (writing || !isDirty() || !difference.hidden) return;
  const { path, version } = open;
  const text = editor.text;
  if (new TextEncoder().encode(text).length > part.dataset.largest) return tell(part.dataset.tooLarge);
  writing = write(path, text, version);
  await writing;
  writing = undefined;
  if (isDirty() && open.path === path && open.version !== version) await save();
}

async function write(path, text, version) {
  const hung = setTimeout(renew, PATIENCE);
  try {
    written(path, text, await ask({ do: "write", path, text, version }));
  } catch {
    unanswered.add(text);
    tell(say.kept_in_browser); // and saved when the walkthrough is back
  }
  clearTimeout(hung);
}

function written(path, text, answer) {
  if (answer.kind === "trouble") return trouble(answer);
  const lies = answer.kind === "newer" ? answer.text : text;
  if (lies !== text && !unanswered.has(lies)) return differ(answer, text);
  unanswered.clear();
  if (open.path === path) Object.assign(open, { version: answer.version, text: lies });
  notice.replaceChildren();
  if (isDirty()) return; // what was typed meanwhile is sent next
  drafts.drop(path);
  tell(unkept || say.saved_file);
}

// Two versions: whichever is taken, the other is kept among the saved desks.
function differ(theirs, mine) {
  notice.replaceChildren(...paragraphs(theirs.says ?? []), ...(theirs.says ? [] : [element("p", "", say.changed_elsewhere)]));
  compared(find(".versions"), mine, theirs.text ?? "");
  difference.hidden = false;
  host.hidden = true;
  // What cannot be shown here was not read: it is not written over.
  find(".mine").hidden = theirs.text === null && Boolean(theirs.version);
  find(".mine").onclick = () => choose(theirs, theirs.text ?? "", mine);
  find(".theirs").onclick = () => choose(theirs, mine, theirs.text ?? "");
  find(find(".mine").hidden ? ".theirs" : ".mine").focus();
}

async function choose(theirs, given_up, taken) {
  const choices = [find(".mine"), find(".theirs")];
  choices.forEach((choice) => (choice.disabled = true)); // one press is enough
  const kept = await ask({ do: "keep", path: theirs.path, text: given_up });
  choices.forEach((choice) => (choice.disabled = false));
  if (kept.kind !== "kept") return trouble(kept);
  editor.forget(theirs.path);
  take({ ...theirs, text: theirs.version ? theirs.text : "" }); // one that is gone is made anew
  editor.replace(taken);
  editor.view.focus();
  if (isDirty()) {
    drafts.keep(open.path, open.version, editor.text); // until it is on the disk
    await save();
  } else drafts.drop(theirs.path);
  if (!isDirty()) status.replaceChildren(...savedAs(kept.name));
  if (!isDirty()) await begin();
}

function settle() {
  difference.hidden = true;
  find(".versions").shadowRoot?.replaceChildren();
  notice.replaceChildren();
  host.hidden = open.text === null;
}

function trouble({ what = [], then = [] }) {
  notice.replaceChildren(...paragraphs(what), ...paragraphs(then));
}

function tell(words) {
  if (status.textContent !== words) status.textContent = words;
}

// A name is asked for, for a new file or for the open one.
function name(title, value, done) {
  naming.querySelector("label span").textContent = title;
  const field = naming.querySelector("input");
  field.value = value;
  naming.returnValue = "no";
  naming.onclose = () => naming.returnValue === "yes" && field.value.trim() && done(field.value.trim());
  naming.showModal();
  field.select();
}

async function make(path) {
  const made = await ask({ do: "write", path, text: "", version: "" });
  if (made.kind !== "paper") return trouble(made);
  await show(path);
  editor.view.focus();
}

async function rename(to) {
  if (!(await isLeft())) return;
  const path = open.path;
  const moved = await settled({ do: "rename", path, to });
  if (moved.kind !== "paper") return trouble(moved);
  editor.forget(path);
  take(moved);
}

async function remove() {
  if (!(await isLeft())) return;
  const path = open.path;
  const kept = await settled({ do: "remove", path });
  if (kept.kind !== "kept") return trouble(kept);
  editor.forget(path);
  await show(papers.find((paper) => paper.path !== path).path);
  status.replaceChildren(...savedAs(kept.name));
}

// Until it is answered, the list that comes says nothing of the open file.
async function settled(request) {
  writing = ask(request).catch(() => ({ kind: "trouble" }));
  const answer = await writing;
  writing = undefined;
  return answer;
}

find(".new").addEventListener("click", () => name(say.new_file, "chat/", make));
find(".rename").addEventListener("click", () => name(say.rename, open.path, rename));
find(".remove").addEventListener("click", remove);
addEventListener("pagehide", save);
document.addEventListener("visibilitychange", () => document.hidden && save());

// What the last check has blamed stands at its line.
function mark() {
  if (!open) return;
  const line = blamed?.path === open.path ? blamed.line : 0;
  editor.blame(line, blamed?.texts.flat()[0]?.text ?? blamed?.error, blamed?.beyond.length ? "warning" : "error");
}

document.addEventListener("unkept", ({ detail }) => {
  const isSaved = [say.saved_file, say.unkept].includes(status.textContent);
  unkept = detail ? say.unkept : "";
  if (isSaved || !status.textContent) tell(unkept || (isSaved ? say.saved_file : ""));
});

document.addEventListener("blamed", ({ detail }) => {
  blamed = detail;
  mark();
});
