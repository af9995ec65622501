// `onclick` and its like: as properties of objects, and as attributes with code in them.
import * as domino from "./domino.js";
import { EventTarget, listen, listeners } from "./events.js";
import { extend } from "./members.js";

const TYPES = `
  abort auxclick beforeinput beforeunload blur cancel change click close contextmenu copy cut
  dblclick drag dragend dragenter dragleave dragover dragstart drop error focus focusin focusout
  formdata hashchange input invalid keydown keypress keyup load message mousedown mouseenter mouseleave
  mousemove mouseout mouseover mouseup offline online open pagehide pageshow paste pointercancel
  pointerdown pointerenter pointerleave pointermove pointerout pointerover pointerup popstate
  readystatechange reset resize scroll select storage submit toggle touchcancel touchend touchmove
  touchstart transitionend unload unhandledrejection visibilitychange wheel
`.match(/\w+/g);
// What the body's attributes say of these, they say of the window.
const OF_THE_WINDOW = new Set(
  `beforeunload blur error focus hashchange load message offline online pagehide pageshow popstate
  resize scroll storage unload`.match(/\w+/g),
);

// domino's own properties such as `onclick` call these two.
extend(EventTarget.prototype, {
  _getEventHandler(type) {
    return handler(this ?? globalThis, type)?.callback ?? null;
  },
  _setEventHandler(type, callback) {
    const target = this ?? globalThis;
    const taken = typeof callback === "function" || callback?.handleEvent ? callback : null;
    const known = handler(target, type);
    if (known) known.callback = taken;
    else if (taken) listen(target, { type, callback: taken, capture: false, handler: true });
  },
});

const handler = (target, type) =>
  listeners(target).find((each) => each.handler && each.type === type);

export function takeHandlers(target, types = TYPES) {
  const { _getEventHandler: get, _setEventHandler: set } = EventTarget.prototype;
  for (const type of types) {
    Object.defineProperty(target, `on${type}`, {
      configurable: true,
      get() {
        return get.call(this, type);
      },
      set(callback) {
        set.call(this, type, callback);
      },
    });
  }
}

for (const { prototype } of [domino.HTMLElement, domino.HTMLBodyElement]) {
  const changes = Object.create(prototype._attributeChangeHandlers ?? null);
  prototype._attributeChangeHandlers = changes;
  for (const type of TYPES)
    changes[`on${type}`] = (element, ...change) => take(element, type, ...change);
}

function take(element, type, name, old, code) {
  const target = element.localName === "body" && OF_THE_WINDOW.has(type) ? globalThis : element;
  target._setEventHandler(type, code === null ? null : written(code));
}

// The function that an attribute's code is; it is read when it is first needed, as in a browser.
function written(code) {
  let run;
  return function (event) {
    const around = `with (document) with (this.form ?? {}) with (this) {\n${code}\n}`;
    try {
      run ??= new Function("event", around);
      return run.call(this, event);
    } catch (error) {
      throw error === Object(error) ? Object.assign(error, { written: code }) : error;
    }
  };
}

takeHandlers(domino.HTMLElement.prototype);
takeHandlers(domino.Document.prototype);
takeHandlers(globalThis);
