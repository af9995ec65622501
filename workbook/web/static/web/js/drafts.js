// What was typed and is not on the disk yet: it is kept in the browser until it is.
const tab = String(Math.random()); // a duplicated tab has the storage of the other, but not this

export class Drafts {
  constructor(place) {
    this.prefix = `draft ${place} `;
  }

  key(path) {
    return `${this.prefix}${tab} ${path}`;
  }

  keep(path, version, text) {
    try {
      localStorage.setItem(this.key(path), JSON.stringify({ path, version, text }));
      return true;
    } catch {
      return false; // storage is refused or full: the page says so
    }
  }

  drop(path) {
    if (this.all().length) localStorage.removeItem(this.key(path));
  }

  // Takes over what any tab has left, so that it is dropped when it is saved.
  *left() {
    for (const [key, draft] of this.all()) {
      if (key !== this.key(draft.path)) {
        localStorage.removeItem(key);
        this.keep(draft.path, draft.version, draft.text);
      }
      yield draft;
    }
  }

  all() {
    try {
      return Object.entries(localStorage)
        .filter(([key]) => key.startsWith(this.prefix))
        .map(([key, text]) => [key, JSON.parse(text)]);
    } catch {
      return [];
    }
  }
}
