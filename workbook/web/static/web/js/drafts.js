// What was typed and is not on the disk yet: it is kept in the browser until it is.
import { forGood } from "./storage.js";

const tab = String(Math.random()); // a duplicated tab has the storage of the other, but not this

export class Drafts {
  constructor(place) {
    this.prefix = `draft ${place} `;
  }

  key(path) {
    return `${this.prefix}${tab} ${path}`;
  }

  // Whether the browser has taken it: storage may be refused or full, and the page says so.
  keep(path, version, text) {
    return forGood.set(this.key(path), JSON.stringify({ path, version, text }));
  }

  drop(path) {
    forGood.remove(this.key(path));
  }

  // Takes over what any tab has left, so that it is dropped when it is saved.
  *left() {
    for (const [key, draft] of this.all()) {
      if (key !== this.key(draft.path)) {
        forGood.remove(key);
        this.keep(draft.path, draft.version, draft.text);
      }
      yield draft;
    }
  }

  all() {
    return forGood
      .entries()
      .filter(([key]) => key.startsWith(this.prefix))
      .map(([key, text]) => [key, JSON.parse(text)]);
  }
}
