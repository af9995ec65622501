// Fields: what they hold, what is asked of it, and which form they belong to.
import { URL } from "./address.js";
import * as domino from "./domino.js";
import { Event, dispatch } from "./events.js";
import { extend, once } from "./members.js";
import { page } from "./record.js";

const { HTMLInputElement, HTMLOptionElement, HTMLSelectElement, HTMLTextAreaElement } = domino;
const BUTTON = /^(button|image|reset|submit)$/;
const CHOICE = /^(checkbox|radio)$/;
const WITHOUT_TEXT = /^(button|checkbox|color|file|hidden|image|radio|range|reset|submit)$/;
const LISTED = /^(button|fieldset|input|object|output|select|textarea)$/;

// What somebody or a script has put into a field; its attributes say what it held at first.
export const held = once(() => ({}));

export const isListed = (element) => LISTED.test(element.localName);
export const isChoice = (element) => element.localName === "input" && CHOICE.test(element.type);
export const isText = (element) =>
  element.localName === "input" && !WITHOUT_TEXT.test(element.type);
export const isButton = (element) =>
  element.localName === "button" || (element.localName === "input" && BUTTON.test(element.type));
export const isSubmit = (element) => isButton(element) && /^(image|submit)$/.test(element.type);
export const isDisabled = (element) =>
  isListed(element) && (element.disabled || !!element.closest("fieldset[disabled]"));

const control = {
  get form() {
    const id = this.getAttribute("form");
    return id === null ? this.closest("form") : page.document.getElementById(id);
  },
  get labels() {
    return page.document.querySelectorAll("label").filter((each) => each.control === this);
  },
  get willValidate() {
    return !isDisabled(this) && !this.readOnly && !/^(button|hidden|reset)$/.test(this.type);
  },
  get validity() {
    return validity(this);
  },
  get validationMessage() {
    if (!this.willValidate || this.validity.valid) return "";
    return held(this).message || "Please fill out this field.";
  },
  setCustomValidity(message) {
    held(this).message = `${message}`;
  },
  checkValidity() {
    const valid = !this.willValidate || this.validity.valid;
    if (!valid) dispatch(this, new Event("invalid", { cancelable: true }));
    return valid;
  },
  reportValidity() {
    return this.checkValidity();
  },
};

for (const name of ["Button", "FieldSet", "Input", "Output", "Select", "TextArea"]) {
  extend(domino[`HTML${name}Element`].prototype, control);
}

function validity(field) {
  const value = field.value ?? "";
  const typed = held(field).typed ? value.length : NaN; // what a script puts in may have any length
  const state = {
    badInput: field.type === "number" && Number.isNaN(Number(value)),
    customError: !!held(field).message,
    patternMismatch: isText(field) && !matches(field.getAttribute("pattern"), value),
    rangeOverflow: false,
    rangeUnderflow: false,
    stepMismatch: false,
    tooLong: field.maxLength >= 0 && typed > field.maxLength,
    tooShort: typed > 0 && typed < field.minLength,
    typeMismatch: value !== "" && isOfAnotherType(field.type, value),
    valueMissing: !!field.required && (isChoice(field) ? !field.checked : value === ""),
  };
  return { ...state, valid: !Object.values(state).includes(true) };
}

function matches(pattern, value) {
  if (pattern === null || value === "") return true;
  try {
    return RegExp(`^(?:${pattern})$`, "v").test(value);
  } catch {
    return true; // as a browser does with a pattern that it cannot read
  }
}

const isOfAnotherType = (type, value) =>
  (type === "email" && !/^[^@\s]+@[^@\s]+$/.test(value)) ||
  (type === "url" && !URL.canParse(value));

// Where in a field the cursor stands; nothing is drawn, so it stands at the end.
const selection = {
  selectionDirection: "none",
  get selectionStart() {
    return held(this).start ?? this.value.length;
  },
  set selectionStart(value) {
    held(this).start = value;
  },
  get selectionEnd() {
    return held(this).end ?? this.value.length;
  },
  set selectionEnd(value) {
    held(this).end = value;
  },
  select() {
    this.setSelectionRange(0, this.value.length);
  },
  setSelectionRange(start, end) {
    Object.assign(held(this), { start, end });
  },
  setRangeText(text, start = this.selectionStart, end = this.selectionEnd) {
    this.value = this.value.slice(0, start) + text + this.value.slice(end);
  },
};

extend(HTMLInputElement.prototype, selection);
extend(HTMLTextAreaElement.prototype, selection);

function put(field, value) {
  const text = value === null ? "" : `${value}`;
  const fits =
    field.localName === "input" ? text.replace(/[\r\n]/g, "") : text.replace(/\r\n?/g, "\n");
  Object.assign(held(field), { value: fits, typed: false, start: undefined, end: undefined });
}

extend(HTMLInputElement.prototype, {
  files: [],
  get value() {
    const first = this.getAttribute("value");
    if (isChoice(this)) return first ?? "on";
    return (isText(this) ? held(this).value : null) ?? first ?? "";
  },
  set value(value) {
    if (isText(this)) put(this, value);
    else this.setAttribute("value", value);
  },
  get valueAsNumber() {
    return this.value === "" ? NaN : Number(this.value);
  },
  set valueAsNumber(value) {
    this.value = `${value}`;
  },
  get checked() {
    return held(this).checked ?? this.hasAttribute("checked");
  },
  set checked(value) {
    if (value && this.type === "radio") {
      for (const each of page.document.querySelectorAll("input[type=radio]")) {
        if (each.name === this.name && each.form === this.form) held(each).checked = false;
      }
    }
    held(this).checked = !!value;
  },
  get list() {
    return page.document.getElementById(this.getAttribute("list"));
  },
});

extend(HTMLTextAreaElement.prototype, {
  type: "textarea",
  get value() {
    return held(this).value ?? this.textContent;
  },
  set value(value) {
    put(this, value);
  },
  get defaultValue() {
    return this.textContent;
  },
  set defaultValue(value) {
    this.textContent = value;
  },
  get textLength() {
    return this.value.length;
  },
});

extend(HTMLSelectElement.prototype, {
  get type() {
    return this.multiple ? "select-multiple" : "select-one";
  },
  get length() {
    return this.options.length;
  },
  get selectedIndex() {
    const index = [...this.options].findIndex((each) => each.selected);
    return index < 0 && !this.multiple && this.length ? 0 : index;
  },
  set selectedIndex(chosen) {
    [...this.options].forEach((each, index) => (held(each).selected = index === chosen));
  },
  get selectedOptions() {
    return [...this.options].filter((each) => each.selected);
  },
  get value() {
    return this.options[this.selectedIndex]?.value ?? "";
  },
  set value(value) {
    this.selectedIndex = [...this.options].findIndex((each) => each.value === `${value}`);
  },
  add(option, before = null) {
    this.insertBefore(option, typeof before === "number" ? this.options[before] : before);
  },
});

extend(HTMLOptionElement.prototype, {
  get selected() {
    return held(this).selected ?? this.hasAttribute("selected");
  },
  set selected(value) {
    const select = this.closest("select");
    if (value && select && !select.multiple) select.selectedIndex = this.index;
    else held(this).selected = !!value;
  },
  get index() {
    return [...(this.closest("select")?.options ?? [])].indexOf(this);
  },
});

extend(domino.HTMLLabelElement.prototype, {
  get control() {
    const id = this.getAttribute("for");
    if (id !== null) return page.document.getElementById(id);
    return this.querySelectorAll("*").find(isListed) ?? null;
  },
});

extend(domino.HTMLOutputElement.prototype, {
  get value() {
    return this.textContent;
  },
  set value(value) {
    this.textContent = value;
  },
});
