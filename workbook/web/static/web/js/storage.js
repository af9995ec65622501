// What the browser keeps for these pages. Where it refuses, even to be asked, the page alone remembers.
class Kept {
  constructor(name) {
    this.name = name;
    this.memory = new Map(); // what the browser would not take
  }

  get(key) {
    return this.memory.get(key) ?? attempt(() => window[this.name].getItem(key)) ?? null;
  }

  // Whether it outlives the page.
  set(key, value) {
    const taken = attempt(() => (window[this.name].setItem(key, value), true)) ?? false;
    if (taken) this.memory.delete(key);
    else this.memory.set(key, String(value));
    return taken;
  }

  remove(key) {
    this.memory.delete(key);
    attempt(() => window[this.name].removeItem(key));
  }

  entries() {
    return attempt(() => Object.entries(window[this.name])) ?? [];
  }
}

function attempt(deed) {
  try {
    return deed();
  } catch {
    return undefined;
  }
}

export const forGood = new Kept("localStorage");
export const forTheTab = new Kept("sessionStorage");
