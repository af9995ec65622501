// What somebody does at the page, with a mouse and with keys.
import { click } from "./clicks.js";
import { InputEvent, KeyboardEvent, MouseEvent, PointerEvent, dispatch } from "./events.js";
import { held, isButton, isDisabled, isSubmit, isText } from "./fields.js";
import { canHaveFocus, change, focus } from "./focus.js";
import { submit } from "./forms.js";
import { page } from "./record.js";

const ON_THE_WAY = { bubbles: true, cancelable: true, view: globalThis };

export function point(element) {
  if (isDisabled(element)) return;
  const down = { ...ON_THE_WAY, buttons: 1, detail: 1 };
  for (const each of ["pointerover", "pointermove"])
    dispatch(element, new PointerEvent(each, ON_THE_WAY));
  for (const each of ["mouseover", "mousemove"])
    dispatch(element, new MouseEvent(each, ON_THE_WAY));
  dispatch(element, new PointerEvent("pointerdown", down));
  const goesOn = dispatch(element, new MouseEvent("mousedown", down));
  if (goesOn) focus(canHaveFocus(element) ? element : null);
  dispatch(element, new PointerEvent("pointerup", down));
  dispatch(element, new MouseEvent("mouseup", down));
  click(element);
}

export function type(element, text) {
  focus(element);
  if (element.value) erase(element);
  for (const key of text) press(element, key);
}

function erase(field) {
  field.value = "";
  held(field).typed = true;
  dispatch(field, new InputEvent("input", { ...ON_THE_WAY, inputType: "deleteContentBackward" }));
}

export function press(element, key) {
  focus(element);
  const isEnter = key === "Enter";
  const code = isEnter ? 13 : key.toUpperCase().charCodeAt(0);
  const names = { key, code: isEnter ? key : `Key${key.toUpperCase()}` };
  const stroke = { ...ON_THE_WAY, ...names, keyCode: code, which: code };
  const sign = isEnter ? 13 : key.charCodeAt(0);
  const signed = { ...stroke, keyCode: sign, which: sign, charCode: sign };
  const goesOn =
    dispatch(element, new KeyboardEvent("keydown", stroke)) &&
    dispatch(element, new KeyboardEvent("keypress", signed));
  if (goesOn) act(element, key);
  dispatch(page.focused ?? page.document.body, new KeyboardEvent("keyup", stroke));
}

function act(element, key) {
  if (key === "Enter" && isText(element)) enter(element);
  else if (key === "Enter" && isButton(element)) click(element);
  else if (!element.readOnly && !isDisabled(element)) write(element, key === "Enter" ? "\n" : key);
}

// Enter in a field presses the first button of its form that submits.
function enter(field) {
  dispatch(field, new InputEvent("beforeinput", { ...ON_THE_WAY, inputType: "insertLineBreak" }));
  change(field);
  const fields = [...(field.form?.elements ?? [])];
  const button = fields.find(isSubmit);
  if (button) click(button);
  else if (fields.filter(isText).length === 1) submit(field.form, null);
}

function write(element, data) {
  const inputType = data === "\n" ? "insertLineBreak" : "insertText";
  const input = { ...ON_THE_WAY, data, inputType };
  if (!dispatch(element, new InputEvent("beforeinput", input))) return;
  if (element.isContentEditable) element.append(data);
  else if (isFull(element)) return;
  else element.value += data;
  held(element).typed = true;
  dispatch(element, new InputEvent("input", input));
}

const isFull = ({ maxLength, value }) =>
  value === undefined || (maxLength >= 0 && value.length >= maxLength);
