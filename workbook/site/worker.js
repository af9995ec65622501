// Keeps the site for readers without a network. The build writes the lists of its files above this:
// FIRST, LATER and ASKED, each with the hash of every file by its address.
const FILES = { ...FIRST, ...LATER, ...ASKED };
const WANTED = [...Object.keys(FIRST), ...Object.keys(LATER)];
const ROOT = self.registration.scope;
const NAME = `workbook ${ROOT}`; // other sites may have this origin, too
const AT_ONCE = 4; // requests

let keeping;

// The first build goes to work soon; a newer one takes an older one's place when it has everything.
self.addEventListener("install", (event) => {
  event.waitUntil(keep(self.registration.active ? WANTED : Object.keys(FIRST)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([forget(), self.clients.claim()]));
});

self.addEventListener("message", (event) => {
  keeping ??= keep(WANTED).finally(() => (keeping = undefined));
  event.waitUntil(keeping.then(() => event.source.postMessage("kept"), () => {})); // the next visit goes on
});

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method !== "GET" || !url.startsWith(ROOT)) return;
  const place = new URL(url);
  const address = place.pathname.slice(new URL(ROOT).pathname.length);
  if (Object.hasOwn(FILES, address)) event.respondWith(answer(event, address));
  else if (Object.hasOwn(FILES, `${address}/`)) {
    place.pathname += "/";
    event.respondWith(Response.redirect(place.href));
  }
});

// Under its address and its hash: what has not changed is not fetched again for a newer build.
function key(address) {
  return new URL(`${address}?${encodeURIComponent(FILES[address])}`, ROOT).href;
}

async function keep(addresses) {
  const cache = await caches.open(NAME);
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  const missing = addresses.filter((address) => !kept.has(key(address)));
  const helper = async () => {
    while (missing.length) {
      const address = missing.shift();
      await cache.put(key(address), await fetched(address));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, helper));
}

async function fetched(address) {
  const integrity = `sha256-${FILES[address]}`;
  const response = await fetch(new URL(address, ROOT), { integrity, cache: "no-cache" });
  if (!response.ok) throw new Error(address);
  return response;
}

async function answer(event, address) {
  const cache = await caches.open(NAME);
  const kept = await cache.match(key(address));
  if (kept) return kept;
  try {
    const response = await fetched(address);
    event.waitUntil(cache.put(key(address), response.clone()).catch(() => {})); // the storage is full
    return response;
  } catch {
    return fetch(event.request); // another build lies there by now
  }
}

async function forget() {
  const cache = await caches.open(NAME);
  const known = new Set(Object.keys(FILES).map(key));
  const old = (await cache.keys()).filter(({ url }) => !known.has(url));
  await Promise.all(old.map((request) => cache.delete(request)));
}
