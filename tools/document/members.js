// Members of objects and of the window.

// Puts members into an object as a browser has them: hidden when it is looped over, and changeable.
export function extend(target, members) {
  for (const name of Reflect.ownKeys(members)) {
    const member = Object.getOwnPropertyDescriptor(members, name);
    Object.defineProperty(target, name, { ...member, enumerable: false, configurable: true });
  }
  return target;
}

export const provide = (members) => extend(globalThis, members);

// A member that is what is asked for until somebody puts something else in its place.
export function replaceable(target, name, get) {
  const set = function (value) {
    const plain = { value, writable: true, enumerable: true, configurable: true };
    Object.defineProperty(this ?? globalThis, name, plain);
  };
  Object.defineProperty(target, name, { get, set, configurable: true });
}

// A function that makes one thing for each key, and remembers it.
export function once(make) {
  const made = new WeakMap();
  return (key) => made.get(key) ?? made.set(key, make(key)).get(key);
}

// Gives an object's kind a last resort: what it is asked for and has not, this looks up.
export function resort(prototype, find) {
  const get = (last, name, object) =>
    name in last || typeof name !== "string" || name.startsWith("_")
      ? Reflect.get(last, name, object)
      : find(object, name);
  return Object.setPrototypeOf(prototype, new Proxy(Object.getPrototypeOf(prototype), { get }));
}

export const nothing = () => {};
