// What a page keeps for its next visit; here there is none.
import { provide } from "./members.js";
import { plain } from "./values.js";

provide({ localStorage: storage(), sessionStorage: storage() });

function storage() {
  const kept = new Map();
  const methods = {
    getItem: (name) => kept.get(`${name}`) ?? null,
    setItem: (name, value) => void kept.set(`${name}`, `${value}`),
    removeItem: (name) => void kept.delete(`${name}`),
    clear: () => kept.clear(),
    key: (index) => [...kept.keys()][index] ?? null,
  };
  return new Proxy(methods, {
    get: (all, name) => (name === "length" ? kept.size : (methods[name] ?? kept.get(name))),
    set: (all, name, value) => (methods.setItem(name, value), true),
    has: (all, name) => name in methods || kept.has(name),
    deleteProperty: (all, name) => (kept.delete(name), true),
    ownKeys: () => [...kept.keys()],
    getOwnPropertyDescriptor: (all, name) => plain(kept.get(name) ?? null),
  });
}
