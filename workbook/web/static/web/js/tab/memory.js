// The memory of an interpreter that has imported what each will need, kept in the browser's own storage.
const NAME = "workbook interpreters";
const MEMORIES = "memories";

// What was kept under the key; undefined where nothing was, or nothing can be.
export async function remembered(key) {
  const kept = await answered((await store("readonly")).get(key));
  if (!kept) return undefined;
  return new Uint8Array(await new Response(kept.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}

// In the place of all that was kept before: that was of another build.
export async function remember(key, memory) {
  const kept = await new Response(new Blob([memory]).stream().pipeThrough(new CompressionStream("gzip"))).blob();
  const memories = await store("readwrite");
  memories.clear();
  await answered(memories.put(kept, key));
}

async function store(mode) {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(MEMORIES);
  return (await answered(request)).transaction(MEMORIES, mode).objectStore(MEMORIES);
}

function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
