// Events: what they are, and how they find whoever listens.
import { activate, activeIn, begin } from "./clicks.js";
import * as domino from "./domino.js";
import { extend, once, provide } from "./members.js";
import { lack, page, write } from "./record.js";

export class Event {
  static NONE = 0;
  static CAPTURING_PHASE = 1;
  static AT_TARGET = 2;
  static BUBBLING_PHASE = 3;

  constructor(type, { bubbles = false, cancelable = false, composed = false } = {}) {
    Object.assign(this, { type: `${type}`, bubbles, cancelable, composed });
    Object.assign(this, { target: null, currentTarget: null, eventPhase: 0 });
    Object.assign(this, { defaultPrevented: false, isTrusted: false, timeStamp: 0 });
  }
  get srcElement() {
    return this.target;
  }
  get returnValue() {
    return !this.defaultPrevented;
  }
  set returnValue(value) {
    if (!value) this.preventDefault();
  }
  get cancelBubble() {
    return !!this.stopped;
  }
  set cancelBubble(value) {
    if (value) this.stopPropagation();
  }
  preventDefault() {
    if (this.cancelable && !this.passive) this.defaultPrevented = true;
  }
  stopPropagation() {
    this.stopped = true;
  }
  stopImmediatePropagation() {
    this.stopped = this.stoppedAtOnce = true;
  }
  composedPath() {
    return this.currentTarget ? way(this.target, this) : [];
  }
  getModifierState() {
    return false;
  }
  initEvent(type, bubbles = false, cancelable = false) {
    Object.assign(this, { type, bubbles, cancelable });
  }
}

// A class of events, and what its events have besides; it becomes a global name.
function kind(name, parent, members) {
  const made = class extends parent {
    constructor(type, options = {}) {
      super(type, options);
      for (const key in members) this[key] = options?.[key] ?? members[key];
    }
  };
  Object.defineProperty(made, "name", { value: name });
  provide({ [name]: made });
  return made;
}

const HELD_KEYS = { ctrlKey: false, shiftKey: false, altKey: false, metaKey: false };
const POINT = { clientX: 0, clientY: 0, pageX: 0, pageY: 0, screenX: 0, screenY: 0, x: 0, y: 0 };
const KEY = { key: "", code: "", keyCode: 0, charCode: 0, repeat: false, isComposing: false };
const STORED = { key: null, newValue: null, oldValue: null, url: "", storageArea: null };
const WHERE = { message: "", filename: "", lineno: 0, colno: 0, error: null };

const UIEvent = kind("UIEvent", Event, { view: null, detail: 0, which: 0 });
export const MouseEvent = kind("MouseEvent", UIEvent, {
  ...HELD_KEYS,
  ...POINT,
  button: 0,
  buttons: 0,
  relatedTarget: null,
});
export const PointerEvent = kind("PointerEvent", MouseEvent, {
  pointerId: 1,
  pointerType: "mouse",
});
export const KeyboardEvent = kind("KeyboardEvent", UIEvent, { ...HELD_KEYS, ...KEY, location: 0 });
export const FocusEvent = kind("FocusEvent", UIEvent, { relatedTarget: null });
export const InputEvent = kind("InputEvent", UIEvent, { data: null, inputType: "" });
export const SubmitEvent = kind("SubmitEvent", Event, { submitter: null });
export const MessageEvent = kind("MessageEvent", Event, { data: null, origin: "", source: null });
export const CloseEvent = kind("CloseEvent", Event, { code: 0, reason: "", wasClean: false });
export const HashChangeEvent = kind("HashChangeEvent", Event, { oldURL: "", newURL: "" });
const ErrorEvent = kind("ErrorEvent", Event, WHERE);
kind("CustomEvent", Event, { detail: null });
kind("PopStateEvent", Event, { state: null });
kind("PageTransitionEvent", Event, { persisted: false });
kind("StorageEvent", Event, STORED);
kind("WheelEvent", MouseEvent, { deltaX: 0, deltaY: 0, deltaZ: 0, deltaMode: 0 });
kind("CompositionEvent", UIEvent, { data: "" });

// Each target's listeners, in the order in which they came.
export const listeners = once(() => []);

// Of what nothing here ever tells: nothing is drawn, so that nothing moves.
const UNTOLD = /^(animation|transition|fullscreen|scrollend|selection|beforetoggle|canplay)/;
export function listen(target, each) {
  if (UNTOLD.test(each.type)) lack(each.type);
  listeners(target).push(each);
}

for (const name of ["NONE", "CAPTURING_PHASE", "AT_TARGET", "BUBBLING_PHASE"]) {
  extend(Event.prototype, { [name]: Event[name] });
}

export function EventTarget() {}
EventTarget.prototype = Object.getPrototypeOf(domino.Node.prototype);
extend(EventTarget.prototype, {
  constructor: EventTarget,
  addEventListener(type, callback, options) {
    const { capture, once, passive, signal } = Object(options) === options ? options : {};
    const each = { type, callback, capture: !!(capture ?? options === true), once, passive };
    if (!callback || signal?.aborted || known(this, each)) return;
    listen(this ?? globalThis, each);
    signal?.addEventListener("abort", () => forget(this, each));
  },
  removeEventListener(type, callback, options) {
    forget(this, { type, callback, capture: !!(options?.capture ?? options === true) });
  },
  dispatchEvent(event) {
    return dispatch(this ?? globalThis, event);
  },
  _dispatchEvent() {},
});

function known(target, { type, callback, capture }) {
  const isThis = (each) =>
    each.type === type && each.callback === callback && each.capture === capture && !each.handler;
  return listeners(target ?? globalThis).find(isThis);
}

function forget(target, like) {
  const each = known(target, like);
  const list = listeners(target ?? globalThis);
  if (each) list.splice(list.indexOf(each), 1)[0].removed = true;
}

// Sends the event on its way, down to the target and up again; false when it was prevented.
export function dispatch(target, event) {
  event.target = target;
  const path = way(target, event);
  const active = event instanceof MouseEvent && event.type === "click" ? activeIn(path) : null;
  const undo = active ? begin(active) : null;
  for (const each of path.toReversed()) invoke(each, event, true);
  for (const each of path) if (each === target || event.bubbles) invoke(each, event, false);
  Object.assign(event, { currentTarget: null, eventPhase: 0 });
  if (event.defaultPrevented) undo?.();
  else if (active) activate(active, event);
  return !event.defaultPrevented;
}

function way(target, event) {
  const path = [];
  for (let each = target; each; each = each.parentNode) path.push(each);
  if (path.at(-1) === page.document && event.type !== "load") path.push(globalThis);
  return path;
}

function invoke(target, event, capture) {
  if (event.stopped) return;
  event.currentTarget = target;
  event.eventPhase = target === event.target ? 2 : capture ? 1 : 3;
  for (const each of listeners(target).slice()) {
    if (each.type !== event.type || each.capture !== capture || each.removed) continue;
    if (each.once) forget(target, each);
    event.passive = each.passive;
    page.event = event;
    call(each, target, event);
    page.event = undefined;
    if (event.stoppedAtOnce) return;
  }
}

function call({ callback, handler }, target, event) {
  if (!callback) return;
  const isGlobal = handler && event instanceof ErrorEvent && target === globalThis;
  const { message, filename, lineno, colno, error } = event;
  const values = isGlobal ? [message, filename, lineno, colno, error] : [event];
  const answer = guarded(() =>
    typeof callback === "function" ? callback.apply(target, values) : callback.handleEvent(event),
  );
  if (handler && answer === isGlobal) event.preventDefault();
}

// Writes down an error that no script has caught, and tells the window of it.
export function report(error) {
  const message = write(error);
  const event = new ErrorEvent("error", { message, error, cancelable: true });
  if (!page.event || page.event.type !== "error") dispatch(globalThis, event);
}

// Calls what a page has left to be called; what it raises, at once or later, is written down.
export function guarded(callback) {
  try {
    const answer = callback();
    if (typeof answer?.then === "function") answer.then(undefined, report);
    return answer;
  } catch (error) {
    report(error);
  }
}
