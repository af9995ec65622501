// Starts and stops the step's server, shows its pages in windows, and its log.
import { element, linked, say, spoken } from "./elements.js";
import { connect } from "./socket.js";
import { showWire } from "./wire.js";

if (document.querySelector(".frames")) import("./frames.js");

const LINES = 300; // of the log that are shown

const page = document.querySelector("section.try");
const find = (name) => page.querySelector(name);
const [status, others, unframed, windows, log] = [".status", ".others", ".unframed", ".windows", ".log"].map(find);
const room = find(".room");
const buttons = [...page.querySelectorAll("[data-word]")];
let shown = 0; // the beginning whose pages stand in the windows: they live through a restart

function showServer({ state, source, port, framed, beginning, others: elsewhere }) {
  if (!windows.dataset.server.endsWith(`:${port}`)) location.reload(); // only that one may be framed
  status.textContent = state === "running" ? say[`running_${source}`] : say[`server_${state}`];
  showOthers(elsewhere);
  enable(state);
  const lives = state === "running" || (state === "starting" && beginning === shown);
  unframed.hidden = !lives || framed;
  windows.hidden = !lives;
  windows.classList.toggle("links-only", !framed);
  if (shown === (lives ? beginning : 0)) return;
  shown = lives ? beginning : 0;
  showRoom();
}

function showOthers(links) {
  const label = others.firstChild;
  others.hidden = links.length === 0;
  others.replaceChildren(label, ...links.flatMap((link) => [" ", linked(link)]));
}

function enable(state) {
  const going = state === "starting" || state === "running";
  buttons.forEach((button) => {
    const { word } = button.dataset;
    button.disabled = word === "stop" ? !going : word === "restart" && state !== "running";
  });
}

function showRoom() {
  windows.querySelectorAll("figure").forEach(showWindow);
}

// A window is in the room of all of them, unless it has one of its own.
function showWindow(figure) {
  const own = figure.querySelector(".own-room");
  const name = own?.value.trim() || room?.value.trim();
  const address = `${windows.dataset.server}/chat/${name ? `${encodeURIComponent(name)}/` : ""}`;
  figure.querySelector("a").href = address;
  const frame = figure.querySelector("iframe");
  // An empty page is of this page's own origin: it may nothing.
  frame.setAttribute("sandbox", shownIn(address) === address ? frame.dataset.sandbox : "");
  frame.setAttribute("src", shownIn(address));
  if (own) own.placeholder = room.value;
}

function another() {
  const figure = page.querySelector(".one-more").content.firstElementChild.cloneNode(true);
  figure.querySelector(".close").disabled = false;
  windows.append(figure);
  count();
  showWindow(figure);
}

function count() {
  windows.querySelectorAll("figure").forEach((figure, index) => {
    figure.querySelector(".which").textContent = index + 1;
    figure.querySelector("iframe").title = `${say.window} ${index + 1}`;
  });
}

function close(figure) {
  figure.remove();
  count();
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

const send = connect(
  { server: showServer, log: showLog, wire: showWire, trouble: showTrouble },
  {
    opened: () => log.replaceChildren(),
    lost: () => (status.textContent = say.disconnected),
    waits: true,
  },
  page.dataset.socket,
);

buttons.forEach((button) => button.addEventListener("click", () => send(button.dataset.word)));
room?.addEventListener("change", showRoom);
page.querySelectorAll(".another, .close").forEach((button) => (button.disabled = false));
find(".another")?.addEventListener("click", another);
windows.addEventListener("change", ({ target }) => target.matches(".own-room") && showWindow(target.closest("figure")));
windows.addEventListener("click", ({ target }) => target.matches(".close") && close(target.closest("figure")));
