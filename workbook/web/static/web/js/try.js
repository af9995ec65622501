// Starts and stops the step's server, shows its pages in windows, and its log.
import { askBeside, showBeside, showRoomBeside } from "./before.js";
import { element, linked, say, spoken } from "./elements.js";
import { tab } from "./engine.js";
import { connect } from "./socket.js";
import { forTheTab } from "./storage.js";
import { showWire } from "./wire.js";

onceOpen(".frames", () => import("./frames.js"));
onceOpen(".experiments", () => import("./experiments.js"));

// What is folded is fetched when somebody opens it.
function onceOpen(name, load) {
  document.querySelector(name)?.addEventListener("toggle", load, { once: true });
}

const LINES = 300; // of the log that are shown

const page = document.querySelector("section.try");
const find = (name) => page.querySelector(name);
const [status, others, unframed, windows, log] = [".status", ".others", ".unframed", ".windows", ".log"].map(find);
const room = find(".room");
const buttons = [...page.querySelectorAll("[data-word]")];
const options = [...page.querySelectorAll(".option")];
const servers = windows.dataset.servers.split(" ").filter(Boolean); // the page may show no others
const place = `windows ${page.dataset.step}`;
let running = ""; // "snapshot" or "desk", as long as it is
let shown = 0; // the beginning whose pages stand in the windows: they live through a restart
const draw = tab ? tab.drawing(page.dataset.step, (address) => draw(another(), address)) : drawFrame;

function showServer(server) {
  const { here, state, trouble, source, ports, options: chosen, framed, beginning, beside, others: elsewhere } = server;
  if (servers.length && ports.join() !== servers.map((each) => new URL(each).port).join()) return location.reload();
  if (!showBeside(beside)) return location.reload();
  find("[data-word=desk]").hidden = !here;
  running = state === "running" || state === "starting" ? source : "";
  if (trouble) showTrouble(trouble);
  else status.textContent = state === "running" ? served(source, chosen) : say[`server_${state}`];
  showOthers(elsewhere);
  enable(state);
  const lives = state === "running" || (state === "starting" && beginning === shown);
  unframed.hidden = !lives || framed;
  windows.hidden = !lives;
  const isSame = windows.matches(".links-only") === !framed;
  windows.classList.toggle("links-only", !framed);
  if (isSame && shown === (lives ? beginning : 0)) return;
  shown = lives ? beginning : 0;
  for (const option of options) option.checked = chosen.includes(option.value);
  showRoom();
}

function served(source, chosen) {
  const words = say[`running_${source}`];
  return chosen.length ? `${words} ${say[`served_${chosen.join("_")}`]}` : words;
}

function showOthers(links) {
  const label = others.firstChild;
  others.hidden = links.length === 0;
  others.replaceChildren(label, ...links.flatMap((link) => [" ", linked(link)]));
}

function enable(state) {
  const going = state === "starting" || state === "running";
  const focused = document.activeElement;
  buttons.forEach((button) => (button.disabled = ["restart", "stop"].includes(button.dataset.word) && !going));
  if (focused.disabled && buttons.includes(focused)) buttons[0].focus();
}

function showRoom() {
  windows.querySelectorAll("figure").forEach(showWindow);
}

// A window is in the room of all of them, unless it has one of its own.
function showWindow(figure) {
  const own = figure.querySelector(".own-room");
  const name = own?.value.trim() || room?.value.trim();
  if (shown || !tab) draw(figure, `${servers[figure.dataset.server]}/chat/${name ? `${encodeURIComponent(name)}/` : ""}`);
  if (own) own.placeholder = room.value;
}

function drawFrame(figure, address) {
  figure.querySelector("a").href = address;
  const frame = figure.querySelector("iframe");
  // An empty page is of this page's own origin: it may nothing.
  frame.setAttribute("sandbox", shownIn(address) === address ? frame.dataset.sandbox : "");
  frame.setAttribute("src", shownIn(address));
}

function another() {
  const figure = page.querySelector(".one-more").content.firstElementChild.cloneNode(true);
  figure.querySelector(".close").disabled = false;
  windows.append(figure);
  count();
  return figure;
}

// A window stays at its server, also when one before it is closed.
function count() {
  windows.querySelectorAll("figure").forEach((figure, index) => {
    figure.dataset.server ??= emptiest();
    figure.querySelector(".at bdi").textContent = Number(figure.dataset.server) + 1;
    figure.querySelector(".at").hidden = servers.length === 1;
    figure.querySelector(".which").textContent = index + 1;
    for (const frame of figure.querySelectorAll("iframe")) frame.title = `${say.window} ${index + 1}`;
  });
}

function emptiest() {
  const at = servers.map((_, server) => windows.querySelectorAll(`[data-server="${server}"]`).length);
  return at.indexOf(Math.min(...at));
}

// A reload finds as many windows, and each in its room.
function keep() {
  const own = [...windows.querySelectorAll(".own-room")].map(({ value }) => value);
  forTheTab.set(place, JSON.stringify({ all: room.value, own }));
}

function bringBack() {
  const { all, own } = JSON.parse(forTheTab.get(place)) ?? {};
  if (!own) return;
  room.value = all;
  const figures = [...windows.querySelectorAll("figure")];
  own.forEach((value, index) => ((figures[index] ?? another()).querySelector(".own-room").value = value));
  figures.slice(own.length).forEach((figure) => figure.remove());
}

function close(figure) {
  if (tab) tab.close(figure);
  figure.remove();
  count();
  keep();
  find(".another").focus();
}

function shownIn(address) {
  return shown && !windows.matches(".links-only") ? address : "about:blank";
}

function showTrouble({ what, then }) {
  status.replaceChildren(...[...what, ...then].flatMap((text) => [spoken("span", text), " "]));
}

function showLog({ lines }) {
  const follows = log.scrollTop + log.clientHeight > log.scrollHeight - 8;
  log.append(...lines.map((line) => element("div", "", line || "\u00a0")));
  while (log.childElementCount > LINES) log.firstElementChild.remove();
  if (follows) log.scrollTop = log.scrollHeight;
}

function start(word) {
  const chosen = options.filter(({ checked }) => checked).map(({ value }) => value);
  send([word, ...chosen].join(" "));
}

count();
if (room) bringBack();

const send = connect(
  { server: showServer, log: showLog, wire: showWire, trouble: showTrouble },
  {
    opened: () => log.replaceChildren(),
    lost: () => (status.textContent = say.disconnected),
    waits: true,
  },
  page.dataset.socket,
);

askBeside(send);
buttons.forEach((button) => button.addEventListener("click", () => start(button.dataset.word)));
options.forEach((option) => option.addEventListener("change", () => running && start(running)));
page.querySelectorAll(".another, .close").forEach((button) => (button.disabled = false));
room?.addEventListener("change", () => {
  showRoom();
  showRoomBeside();
  keep();
});
find(".another")?.addEventListener("click", () => {
  showWindow(another());
  keep();
});
windows.addEventListener("change", ({ target }) => {
  if (!target.matches(".own-room")) return;
  showWindow(target.closest("figure"));
  keep();
});
windows.addEventListener("click", ({ target }) => target.matches(".close") && close(target.closest("figure")));
