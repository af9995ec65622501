// The learner's files in the browser's own storage: what is told to a page was kept before.
const NAME = "workbook";
const FILES = "files"; // by their paths: the contents, and the number of the change that brought them

export class Keeper {
  version = 0; // of the newest change that is known here

  // What another page of this browser, or an earlier one, has changed since: contents by path, undefined of what is gone.
  async news() {
    const range = IDBKeyRange.lowerBound(this.version, true);
    const files = await this.files("readonly");
    const found = await answered(files.index("version").getAll(range));
    this.version = Math.max(this.version, ...found.map(({ version }) => version));
    return found.map(({ path, contents }) => [path, contents ?? undefined]); // Python has another None for null
  }

  // All of it, or nothing; refused where another page has changed something meanwhile.
  async keep(changes) {
    const files = await this.files("readwrite");
    const newest = await answered(files.index("version").openKeyCursor(null, "prev"));
    if ((newest?.key ?? 0) > this.version) return false;
    const version = this.version + 1;
    for (const [path, contents] of changes) files.put({ path, contents, version });
    await done(files.transaction);
    this.version = version;
    return true;
  }

  // It is opened anew where the browser refused it, or has closed it since.
  async files(mode) {
    this.base ??= await answered(opened());
    this.base.onclose = () => (this.base = undefined);
    return this.base.transaction(FILES, mode, { durability: "strict" }).objectStore(FILES);
  }
}

function opened() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(FILES, { keyPath: "path" }).createIndex("version", "version");
  };
  return request;
}

function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function done(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}
