// The kit of this build's interpreters, kept in the browser's own storage.
const NAME = "workbook kits";
const KITS = "kits";
const ROOM = 1 << 28; // bytes, three times what a kit takes

// The kit that was kept under the key; undefined where nothing was, or nothing can be.
export async function remembered(key) {
  return answered((await store("readonly")).get(key));
}

// What was kept is no good, as the error tells.
export async function forget(error) {
  await answered((await store("readwrite")).clear());
  throw error;
}

// In the place of all that was kept before, which was of another build; but not of room that the work may need.
export async function remember(key, kit) {
  const about = await navigator.storage?.estimate(); // there is none without HTTPS
  if (about && about.quota - about.usage < ROOM) return;
  const kits = await store("readwrite");
  kits.clear();
  await answered(kits.put(kit, key));
}

async function store(mode) {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(KITS);
  return (await answered(request)).transaction(KITS, mode).objectStore(KITS);
}

function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
