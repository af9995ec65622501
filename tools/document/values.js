// Attributes that are seen as objects: `dataset` and `style`.
import { once } from "./members.js";

const hyphens = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const camel = (name) => name.replace(/-([a-z])/g, (all, letter) => letter.toUpperCase());
const data = (name) => `data-${hyphens(`${String(name)}`)}`;

export const dataset = once(
  (element) =>
    new Proxy(Object.create(null), {
      get: (all, name) => element.getAttribute(data(name)) ?? undefined,
      set: (all, name, value) => (element.setAttribute(data(name), `${value}`), true),
      has: (all, name) => element.hasAttribute(data(name)),
      deleteProperty: (all, name) => (element.removeAttribute(data(name)), true),
      ownKeys: () => namesIn(element),
      getOwnPropertyDescriptor: (all, name) => plain(element.getAttribute(data(name))),
    }),
);

const namesIn = (element) =>
  element
    .getAttributeNames()
    .filter((each) => each.startsWith("data-"))
    .map((each) => camel(each.slice(5)));

export const plain = (value) =>
  value === null ? undefined : { value, writable: true, enumerable: true, configurable: true };

export const style = once((element) => {
  const methods = {
    getPropertyValue: (name) => declared(element).get(name) ?? "",
    getPropertyPriority: () => "",
    setProperty: (name, value) => declare(element, name, value),
    removeProperty: (name) => declare(element, name, ""),
  };
  return new Proxy(methods, {
    get(all, name) {
      if (name in methods || typeof name !== "string") return methods[name];
      if (name === "cssText") return element.getAttribute("style") ?? "";
      return methods.getPropertyValue(hyphens(name));
    },
    set(all, name, value) {
      if (name === "cssText") element.setAttribute("style", value);
      else declare(element, hyphens(name), value);
      return true;
    },
  });
});

function declared(element) {
  const parts = (element.getAttribute("style") ?? "").split(";");
  const pairs = parts.map((each) => each.split(/:(.*)/s).map((part) => part.trim()));
  return new Map(pairs.filter((each) => each[1]));
}

function declare(element, name, value) {
  const all = declared(element);
  if (value === null || `${value}` === "") all.delete(name);
  else all.set(name, `${value}`);
  element.setAttribute("style", [...all].map((each) => `${each.join(": ")};`).join(" "));
}
