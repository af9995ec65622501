// Interpreters in workers of their own, which can be ended whatever goes on in them.
const CALM = 1000; // milliseconds until the windows that enter have what they ask for first

export class Guest {
  isGone = false;

  // It begins when the `kit` is there; `turn` lets the office go on; `doors` is told when windows may come, and when
  // no more.
  constructor(kit, turn, doors) {
    this.turn = turn;
    this.doors = doors;
    this.worker = new Worker(new URL("guest.js", import.meta.url), { type: "module" });
    this.worker.onmessage = ({ data }) => this.heard(data);
    this.worker.onerror = () => this.heard({ kind: "gone" });
    kit.then((made) => this.worker.postMessage({ kit: made })).catch(() => {}); // without it there is no office
  }

  heard({ kind, told }) {
    if (kind === "failed") self.postMessage({ kind }); // the page begins anew
    if (kind === "told") this.hear?.(told);
    if (kind === "open") this.opened();
    if (kind === "gone") this.lose();
    if (kind !== "warm") this.turn();
  }

  // It is a spare no more: `hear` and `leave` are Python's; `goOn` is called when another may take its time.
  take(hear, leave, goOn) {
    Object.assign(this, { hear, leave, goOn });
    if (this.isGone) queueMicrotask(() => this.heard({ kind: "gone" }));
  }

  opened() {
    this.doors(this, true);
    setTimeout(this.goOn, CALM);
  }

  serve(step) {
    this.step = step;
  }

  lose() {
    this.isGone = true;
    this.leave?.();
    this.end();
  }

  lay(path, contents) {
    this.tell("lay", path, contents.toJs());
  }

  tell(word, ...about) {
    this.worker.postMessage({ word, about });
  }

  end() {
    this.isGone = true;
    this.goOn?.();
    this.worker.terminate();
    this.doors(this, false);
    for (const each of [this.hear, this.leave]) each?.destroy();
    this.hear = this.leave = undefined;
  }
}
