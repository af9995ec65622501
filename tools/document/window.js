// The rest of a window.
import { URL } from "./address.js";
import * as domino from "./domino.js";
import { Event, EventTarget, dispatch, report } from "./events.js";
import { fieldOf } from "./forms.js";
import { isMissing, namesOfWindows } from "./lacking.js";
import { go, isHere } from "./location.js";
import { extend, nothing, provide, replaceable, resort } from "./members.js";
import { namedIn } from "./nodes.js";
import { lack, page, part } from "./record.js";
import { FormData } from "./pairs.js";
import { WebSocket } from "./sockets.js";
import { present } from "./time.js";

// Nobody is told of what changes here.
class Observer {
  observe() {
    lack("an observer");
  }
  unobserve() {}
  disconnect() {}
  takeRecords() {
    return [];
  }
}

class AbortSignal extends EventTarget {
  aborted = false;
  reason = undefined;
}

class AbortController {
  signal = new AbortSignal();
  abort(reason) {
    Object.assign(this.signal, { aborted: true, reason });
    dispatch(this.signal, new Event("abort"));
  }
}

class Notification extends EventTarget {
  static permission = "default";
  static requestPermission = async () => "default";
  close() {}
}

for (const each of [Notification, AbortSignal, URL]) part(each.name, each);

class DOMParser {
  parseFromString(html) {
    const parser = new domino.HTMLParser(page.address.href);
    parser.parse(html, true);
    return parser.document();
  }
}

const random = () => Math.floor(Math.random() * 2 ** 32);
const digits = (count) =>
  `${random().toString(16)}${random().toString(16)}`.padEnd(count, "0").slice(0, count);
const tag = (name) =>
  function () {
    return page.document.createElement(name);
  };
const events = EventTarget.prototype;
const size = { width: 1280, height: 720, availWidth: 1280, availHeight: 720 };
const screen = part("screen", { ...size, colorDepth: 24, pixelDepth: 24 });
const navigator = part("navigator", {
  userAgent: "Mozilla/5.0",
  language: "en",
  languages: ["en"],
  onLine: true,
  platform: "",
  vendor: "",
  cookieEnabled: true,
  maxTouchPoints: 0,
  hardwareConcurrency: 2,
  vibrate: () => true,
  sendBeacon: () => true,
});

provide({
  frames: globalThis,
  parent: globalThis,
  self: globalThis,
  top: globalThis,
  window: globalThis,
  closed: false,
  frameElement: null,
  length: 0,
  name: "",
  opener: null,
  status: "",
  innerWidth: 1280,
  innerHeight: 720,
  outerWidth: 1280,
  outerHeight: 720,
  devicePixelRatio: 1,
  scrollX: 0,
  scrollY: 0,
  pageXOffset: 0,
  pageYOffset: 0,
  screenX: 0,
  screenY: 0,
  alert: nothing,
  confirm: () => true,
  prompt: () => "Mona",
  open(address = "", target = "_blank") {
    if (!isHere(target)) return null;
    go(address);
    return globalThis;
  },
  blur: nothing,
  close: nothing,
  focus: nothing,
  postMessage: nothing,
  print: nothing,
  stop: nothing,
  scroll: nothing,
  scrollBy: nothing,
  scrollTo: nothing,
  reportError: report,
  Event,
  EventTarget,
  AbortController,
  AbortSignal,
  DOMParser,
  Notification,
  navigator,
  screen,
  IntersectionObserver: Observer,
  MutationObserver: Observer,
  ResizeObserver: Observer,
  HTMLDocument: domino.Document,
  Audio: tag("audio"),
  Image: tag("img"),
  Option: function (text = "", value = text) {
    return Object.assign(page.document.createElement("option"), { text, value });
  },
  console: new Proxy({}, { get: () => nothing }),
  CSS: part("CSS", {
    escape: (text) => `${text}`.replace(/[^\w\u0080-\uffff-]|^\d/g, "\\$&"),
    supports: () => true,
  }),
  crypto: part("crypto", {
    getRandomValues: (array) => array.map((each, index) => (array[index] = random())),
    randomUUID: () => [8, 4, 4, 4, 12].map(digits).join("-"),
  }),
  performance: part("performance", {
    now: present,
    timeOrigin: 0,
    mark: nothing,
    measure: nothing,
  }),
  structuredClone: (value) => (value === undefined ? value : JSON.parse(JSON.stringify(value))),
  matchMedia: (media) =>
    Object.assign(new EventTarget(), {
      media,
      matches: false,
      addListener: nothing,
      removeListener: nothing,
    }),
  getComputedStyle: (element) => element.style,
  getSelection: () =>
    part("getSelection()", {
      rangeCount: 0,
      isCollapsed: true,
      removeAllRanges: nothing,
      toString: () => "",
    }),
  get document() {
    return page.document;
  },
  get event() {
    return page.event;
  },
  get origin() {
    return page.address.origin;
  },
  get isSecureContext() {
    return page.address.protocol === "https:";
  },
  addEventListener: events.addEventListener,
  removeEventListener: events.removeEventListener,
  dispatchEvent: events.dispatchEvent,
  _getEventHandler: events._getEventHandler,
  _setEventHandler: events._setEventHandler,
});
for (const [name, each] of Object.entries(domino)) {
  if (!(name in globalThis)) provide({ [name]: each });
}
// What says of itself that it is of a kind is taken for no plain object.
for (const [name, { prototype }] of Object.entries({
  ...domino,
  WebSocket,
  URL,
  FormData,
  EventTarget,
})) {
  if (prototype) extend(prototype, { [Symbol.toStringTag]: name });
}

// Nothing is of a kind that is missing; whoever makes one, or asks for anything else, lacks it.
for (const name of namesOfWindows) {
  if (name in globalThis) continue;
  const missing = function () {
    lack(name);
  };
  if (/^[A-Z]/.test(name)) provide({ [name]: missing });
  else replaceable(globalThis, name, missing);
}
for (const { prototype } of [EventTarget, Event]) resort(prototype, found);

function found(object, name) {
  const element = elementOf(object, name);
  if (!element && isMissing(object, name)) lack(name);
  return element;
}

function elementOf(object, name) {
  if (object instanceof domino.HTMLFormElement) return fieldOf(object, name);
  if (object instanceof domino.HTMLSelectElement) return object.options[name];
  if (object === page.document) return namedIn(object, name);
}
