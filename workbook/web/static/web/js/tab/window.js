// One window of the chat: the address that it shows, the ways back and again, and the page in a frame.
import { element } from "../elements.js";

// An empty page with the policy of what is written into it. It is of this origin, so that it comes without a network,
// too; what a sandbox asks for does not.
const HOST = new URL("../../tab/frame.html", import.meta.url);
const ALLOWED = "allow-scripts allow-forms allow-modals";
const SCRIPTS = ["../../vendor/acorn.js", "./websocket.js", "./rewriting.js", "./location.js", "./frame.js"];
let count = 0;
let html; // what every page of the chat begins with

// One page: its frame, and the ways to it and to the server.
class Page {
  constructor(frame, port, server) {
    this.name = `page-${++count}`;
    this.frame = frame;
    this.port = port;
    this.server = server;
  }

  async begin(entry, port) {
    const srcdoc = await (html ??= written()).catch(() => (html = undefined));
    const host = this.frame.contentDocument; // there is none of what could not be loaded
    if (!srcdoc || !host) return this.lose();
    const inner = Object.assign(host.createElement("iframe"), { srcdoc, title: this.frame.title });
    inner.setAttribute("sandbox", ALLOWED);
    const enter = () => inner.contentWindow.postMessage(entry, "*", [port, this.server.enter(this.name)]);
    inner.addEventListener("load", () => (this.server.worker ? enter() : this.lose()), { once: true });
    host.body.append(inner);
  }

  lose() {
    this.port.onmessage({ data: { tell: "lost" } });
  }

  back() {
    this.port.postMessage({ tell: "back" }, [this.server.enter(this.name)]);
  }

  remove() {
    this.server.leave(this.name);
    this.port.close();
    this.frame.remove();
  }
}

export class ChatWindow {
  entries = [];
  at = -1;

  isTyped = false; // then the address is the reader's, whatever page comes meanwhile

  // `words` are what is said in it; `another` opens one more window at an address.
  constructor(place, server, words, another) {
    this.server = server;
    this.words = words;
    this.another = another;
    this.origin = words.origin;
    this.build(place);
    server.addEventListener("away", () => this.away());
    server.addEventListener("back", () => this.served());
  }

  build(place) {
    const button = (name, act) => {
      const made = Object.assign(element("button", "", this.words[name]), { type: "button" });
      made.addEventListener("click", act);
      return made;
    };
    this.back = button("back", () => this.move(-1));
    this.again = button("again", () => this.load());
    this.field = Object.assign(element("input", ""), { dir: "ltr", spellcheck: false, ariaLabel: this.words.address });
    this.status = Object.assign(element("p", ""), { role: "status" });
    this.line = element("form", "address", this.back, this.again, this.field);
    this.field.addEventListener("input", () => (this.isTyped = true));
    this.line.addEventListener("submit", (event) => {
      event.preventDefault();
      this.go({ to: this.field.value });
    });
    this.page = element("div", "page");
    place.append(this.line, this.status, this.page);
  }

  go({ to, by, from = "", replaces = false, isNew = false, stays = false, method, headers, body }) {
    if (by) return this.move(by);
    const url = URL.parse(to, this.entries[this.at]?.address ?? this.origin);
    if (url?.origin !== this.origin) return this.say(this.words.elsewhere);
    if (isNew) return this.another(url.href);
    const entry = { address: url.href, from, method, headers, body };
    if (replaces) this.entries[this.at] = entry;
    else this.entries.splice(++this.at, Infinity, entry);
    if (stays) this.show(url.href);
    else this.load();
  }

  move(by) {
    if (!this.entries[this.at + by]) return;
    this.at += by;
    this.load();
  }

  // Every page has a frame of its own, with globals of its own. The one before stays until it comes.
  load() {
    const entry = this.entries[this.at];
    this.coming?.remove();
    this.isTyped = false;
    this.show(entry.address);
    this.isLost = false;
    this.say("");
    if (!this.server.worker) return this.lost();
    const { port1, port2 } = new MessageChannel();
    const frame = Object.assign(element("iframe", ""), { src: HOST.href, title: this.words.page, hidden: true });
    const page = (this.coming = new Page(frame, port1, this.server));
    port1.onmessage = ({ data }) => this.heard(data, page);
    frame.addEventListener("load", () => page.begin(entry, port2), { once: true });
    this.page.append(frame);
  }

  heard({ tell, ...about }, page) {
    if (page !== this.coming && page !== this.shown) return;
    if (tell === "go") this.go(about);
    if (tell === "lost") this.lost();
    if (tell === "ready") this.comes();
    if (tell === "shown") this.arrived(about.address);
  }

  // The sockets of the page before end when the next one comes, as in a browser.
  comes() {
    this.shown?.remove();
    this.shown = this.coming;
    this.coming = undefined;
    this.shown.frame.hidden = false;
    this.shown.port.postMessage({ tell: "come" });
  }

  arrived(address) {
    const { address: asked, from } = this.entries[this.at];
    if (asked !== address) this.entries[this.at] = { address, from };
    this.show(address);
  }

  show(address) {
    if (!this.isTyped) this.field.value = decoded(address);
    this.back.disabled = this.at === 0;
  }

  lost() {
    this.coming?.remove();
    this.shown?.remove();
    this.coming = this.shown = undefined;
    this.isLost = true;
    this.say(this.words.lost);
  }

  // It is shown no more: its pages' sockets end.
  close() {
    for (const each of [this.coming, this.shown]) each?.remove();
    this.coming = this.shown = undefined;
    this.isLost = false;
  }

  away() {
    this.coming?.port.postMessage({ tell: "away" });
    this.shown?.port.postMessage({ tell: "away" });
  }

  // The server is back: the page's sockets may connect again, and a page that did not come comes now.
  served() {
    if (this.isLost) return this.load();
    this.shown?.back();
  }

  say(words) {
    this.status.textContent = words;
  }
}

async function written() {
  const answers = await Promise.all(SCRIPTS.map((name) => fetch(new URL(name, import.meta.url))));
  if (!answers.every(({ ok }) => ok)) throw new Error("lost");
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  return `<!DOCTYPE html><title></title>${texts.map((text) => `<script>${text}</script>`).join("")}`;
}

// As a browser shows it: a person reads the letters, not their codes.
function decoded(address) {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}
