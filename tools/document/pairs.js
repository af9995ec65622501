// Pairs of names and values: of a query, and of what a form sends.
import { isButton, isDisabled } from "./fields.js";
import { nothing, provide } from "./members.js";

class Pairs {
  #changed;
  #pairs;

  constructor(pairs, changed = nothing) {
    this.#pairs = pairs;
    this.#changed = changed;
  }
  get size() {
    return this.#pairs.length;
  }
  append(name, value) {
    this.#keep([...this.#pairs, [`${name}`, `${value}`]]);
  }
  delete(name) {
    this.#keep(this.#pairs.filter((each) => each[0] !== `${name}`));
  }
  get(name) {
    return this.getAll(name)[0] ?? null;
  }
  getAll(name) {
    return this.#pairs.filter((each) => each[0] === `${name}`).map((each) => each[1]);
  }
  has(name) {
    return this.get(name) !== null;
  }
  set(name, value) {
    const first = this.#pairs.find((each) => each[0] === `${name}`);
    if (!first) return this.append(name, value);
    first[1] = `${value}`;
    this.#keep(this.#pairs.filter((each) => each === first || each[0] !== `${name}`));
  }
  sort() {
    this.#keep(this.#pairs.toSorted(([one], [other]) => (one < other ? -1 : Number(one > other))));
  }
  forEach(callback, self) {
    for (const [name, value] of this.#pairs) callback.call(self, value, name, this);
  }
  entries() {
    return this.#pairs.values();
  }
  keys() {
    return this.#pairs.map((each) => each[0]).values();
  }
  values() {
    return this.#pairs.map((each) => each[1]).values();
  }
  [Symbol.iterator]() {
    return this.entries();
  }
  #keep(pairs) {
    this.#pairs = pairs;
    this.#changed();
  }
}

export class URLSearchParams extends Pairs {
  constructor(from = "", changed = nothing) {
    super(pairsIn(from), () => changed(`${this}`));
  }
  toString() {
    return [...this].map((each) => each.map(encoded).join("=")).join("&");
  }
}

function pairsIn(from) {
  if (from === Object(from)) {
    const pairs = Symbol.iterator in from ? [...from] : Object.entries(from);
    return pairs.map((each) => each.map(String));
  }
  const parts = `${from}`.replace(/^\?/, "").split("&").filter(Boolean);
  return parts.map((each) =>
    [each.replace(/=.*$/s, ""), each.replace(/^[^=]*=?/, "")].map(decoded),
  );
}

const encoded = (text) =>
  encodeURIComponent(text)
    .replace(/%20/g, "+")
    .replace(/[!'()~]/g, (each) => hex(each));
const hex = (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;

function decoded(text) {
  try {
    return decodeURIComponent(text.replace(/\+/g, " "));
  } catch {
    return text;
  }
}

export class FormData extends Pairs {
  constructor(form, submitter = null) {
    super([]);
    for (const field of form?.elements ?? []) {
      if (sends(field, submitter)) this.append(field.name, field.value);
    }
  }
}

function sends(field, submitter) {
  if (!field.name || isDisabled(field)) return false;
  if (isButton(field)) return field === submitter;
  return !/^(checkbox|radio)$/.test(field.type) || field.checked;
}

provide({ URLSearchParams, FormData });
