// Which element has the focus.
import { isLink, click } from "./clicks.js";
import * as domino from "./domino.js";
import { Event, FocusEvent, dispatch } from "./events.js";
import { held, isDisabled, isListed } from "./fields.js";
import { extend } from "./members.js";
import { page } from "./record.js";

extend(domino.HTMLElement.prototype, {
  focus() {
    focus(this);
  },
  blur() {
    if (page.focused === this) focus(null);
  },
  click() {
    click(this);
  },
});

export function focus(element) {
  const old = page.focused;
  if (element === old || (element && !canHaveFocus(element))) return;
  page.focused = element;
  if (old) {
    change(old);
    tell(old, "blur", "focusout", element);
  }
  if (element) {
    held(element).before = element.value;
    tell(element, "focus", "focusin", old);
  }
}

export const canHaveFocus = (element) =>
  !isDisabled(element) &&
  (isListed(element) ||
    isLink(element) ||
    element.isContentEditable ||
    element.hasAttribute("tabindex"));

// Tells a field that it holds something new, once whoever typed it is done with it.
export function change(field) {
  if (!held(field).typed || held(field).before === field.value) return;
  held(field).before = field.value;
  dispatch(field, new Event("change", { bubbles: true }));
}

function tell(element, alone, bubbling, relatedTarget) {
  dispatch(element, new FocusEvent(alone, { relatedTarget }));
  dispatch(element, new FocusEvent(bubbling, { bubbles: true, relatedTarget }));
}
