// Nothing is drawn: whatever moves on a screen rests here, and is of no size.
import * as domino from "./domino.js";
import { Event, dispatch } from "./events.js";
import { extend, nothing } from "./members.js";
import { part } from "./record.js";

const { Element, HTMLElement } = domino;
const AT_REST = [
  "scrollTop",
  "scrollLeft",
  "scrollHeight",
  "scrollWidth",
  "clientTop",
  "clientLeft",
];
const SIZES = [
  "clientHeight",
  "clientWidth",
  "offsetTop",
  "offsetLeft",
  "offsetHeight",
  "offsetWidth",
];
const MOVES = ["scrollIntoView", "scrollTo", "scrollBy", "scroll"];
const CAPTURES = ["setPointerCapture", "releasePointerCapture", "requestFullscreen"];

for (const name of [...AT_REST, ...SIZES]) {
  Object.defineProperty(Element.prototype, name, { value: 0, writable: true, configurable: true });
}
for (const name of [...MOVES, ...CAPTURES]) extend(Element.prototype, { [name]: nothing });
const box = { x: 0, y: 0, top: 0, left: 0, right: 0, bottom: 0, width: 0, height: 0 };
const moving = { play: nothing, pause: nothing, cancel: nothing, finish: nothing };
extend(Element.prototype, {
  offsetParent: null,
  animate: () => part("animate()", { ...moving, finished: Promise.resolve() }),
  getAnimations: () => [],
  getBoundingClientRect: () => ({ ...box }),
  getClientRects: () => [],
});
const sound = {
  volume: 1,
  muted: false,
  currentTime: 0,
  paused: true,
  load: nothing,
  pause: nothing,
};
extend(domino.HTMLMediaElement.prototype, { ...sound, play: async () => {} });
for (const [name, isOpen] of Object.entries({ show: true, showModal: true, close: false })) {
  extend(HTMLElement.prototype, {
    [name]() {
      this.toggleAttribute("open", isOpen);
      if (!isOpen) dispatch(this, new Event("close"));
    },
  });
}
Object.defineProperty(domino.HTMLDialogElement?.prototype ?? HTMLElement.prototype, "open", {
  configurable: true,
  get() {
    return this.hasAttribute("open");
  },
  set(value) {
    this.toggleAttribute("open", !!value);
  },
});
