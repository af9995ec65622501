// What a click does by itself, when no script has it otherwise.
import { Event, PointerEvent, dispatch } from "./events.js";
import { isButton, isChoice, isDisabled, isSubmit } from "./fields.js";
import { focus } from "./focus.js";
import { submit } from "./forms.js";
import { go, isHere } from "./location.js";
import { runLater } from "./record.js";

export function click(element) {
  if (isDisabled(element)) return;
  const how = { bubbles: true, cancelable: true, composed: true, view: globalThis, detail: 1 };
  dispatch(element, new PointerEvent("click", how));
}

// The innermost element on the event's way that does something by itself.
export const activeIn = (path) => path.find((each) => each.nodeType === 1 && isActive(each));

const isActive = (element) =>
  isButton(element) ||
  isChoice(element) ||
  isLink(element) ||
  /^(label|summary)$/.test(element.localName);
export const isLink = (element) => element.localName === "a" && element.hasAttribute("href");

// What happens before anybody hears of the click; its value is how to take it back.
export function begin(element) {
  if (!isChoice(element) || isDisabled(element)) return null;
  const { checked } = element;
  element.checked = element.type === "radio" || !checked;
  return () => (element.checked = checked);
}

export function activate(element, event) {
  if (isDisabled(element)) return;
  if (element.localName === "label") return activateLabel(element, event);
  if (element.localName === "summary") return element.parentNode.toggleAttribute("open");
  if (isLink(element)) return follow(element);
  if (isChoice(element)) {
    dispatch(element, new Event("input", { bubbles: true }));
    dispatch(element, new Event("change", { bubbles: true }));
  } else if (element.form && isSubmit(element)) {
    submit(element.form, element);
  } else if (element.form && element.type === "reset") {
    element.form.reset();
  }
}

function activateLabel({ control }, event) {
  if (!control || control.contains(event.target)) return;
  focus(control);
  click(control);
}

function follow(link) {
  const address = link.getAttribute("href");
  const code = /^\s*javascript:(.*)$/is.exec(address)?.[1];
  if (code !== undefined) runLater(decodeURIComponent(code));
  else if (isHere(link.getAttribute("target") ?? "")) go(address);
}
