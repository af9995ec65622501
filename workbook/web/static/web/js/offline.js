// Keeps the site for a visit without a network, where the address allows it: not over plain HTTP.
const root = new URL("../../../", import.meta.url);
const shelf = navigator.serviceWorker;

async function keep() {
  await shelf.register(new URL("worker.js", root));
  const { active } = await shelf.ready;
  shelf.addEventListener("message", () => (document.documentElement.dataset.kept = "")); // all of it
  if (!navigator.connection?.saveData) active.postMessage("keep");
}

if (shelf) keep().catch(() => {}); // storage is refused: the pages are read over the network
