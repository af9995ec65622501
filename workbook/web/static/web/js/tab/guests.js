// Interpreters in workers of their own, which can be ended whatever goes on in them.
export class Guest {
  gone = false;

  constructor(turn) {
    this.turn = turn;
    this.worker = new Worker(new URL("guest.js", import.meta.url), { type: "module" });
    this.worker.onmessage = ({ data }) => this.heard(data);
    this.worker.onerror = () => this.heard({ kind: "gone" });
  }

  heard({ kind, told }) {
    if (kind === "told") this.hear?.(told);
    if (kind === "gone") this.gone = true;
    if (kind !== "warm") this.turn();
  }

  lay(path, contents) {
    this.tell("lay", path, contents.toJs());
  }

  tell(word, ...about) {
    this.worker.postMessage({ word, about });
  }

  end() {
    this.gone = true;
    this.worker.terminate();
    this.hear?.destroy();
    this.hear = undefined;
  }
}
