// The document itself: what domino leaves out of it.
import { URL } from "./address.js";
import * as domino from "./domino.js";
import { Event } from "./events.js";
import { go, location } from "./location.js";
import { extend, nothing } from "./members.js";
import { page, part } from "./record.js";

const { Document } = domino;
let cookies = "";
const collected = (name, selector) => ({
  get [name]() {
    return page.document.querySelectorAll(selector);
  },
});
extend(Document.prototype, {
  mutationHandler: null, // domino asks for it at every change: the last resort would search for it
  hidden: false,
  visibilityState: "visible",
  referrer: "",
  lastModified: "",
  designMode: "off",
  fonts: part("document.fonts", { ready: Promise.resolve() }),
  styleSheets: [],
  fullscreenElement: null,
  write(...texts) {
    this._parser?.parse(texts.join(""));
  },
  writeln(...texts) {
    this.write(...texts, "\n");
  },
  close: nothing,
  open: nothing,
  execCommand: () => false,
  hasFocus: () => true,
  elementFromPoint: () => null,
  getSelection: () => globalThis.getSelection(),
  getElementsByName(name) {
    return this.querySelectorAll("[name]").filter((each) => each.getAttribute("name") === name);
  },
  createEvent: (name) => new (globalThis[name] ?? Event)(""),
  get URL() {
    return page.address.href;
  },
  get documentURI() {
    return page.address.href;
  },
  get baseURI() {
    const base = this.querySelector("base[href]")?.getAttribute("href");
    return base ? new URL(base, page.address.href).href : page.address.href;
  },
  get domain() {
    return page.address.hostname;
  },
  get location() {
    return location;
  },
  set location(address) {
    go(address);
  },
  get cookie() {
    return cookies;
  },
  set cookie(cookie) {
    cookies = [cookies, `${cookie}`.replace(/;.*$/s, "")].filter(Boolean).join("; ");
  },
  get activeElement() {
    return page.focused?.isConnected ? page.focused : this.body;
  },
  get currentScript() {
    return page.script;
  },
});
for (const [name, selector] of Object.entries({
  all: "*",
  forms: "form",
  images: "img",
  links: "a[href], area[href]",
  scripts: "script",
})) {
  const get = collected(name, selector);
  extend(Document.prototype, get);
}
