// The tab's server as its windows know it: a worker that may go away and come back as another.
export class Server extends EventTarget {
  serve(worker) {
    this.worker = worker;
    this.dispatchEvent(new Event("back"));
  }

  away() {
    this.worker = undefined;
    this.dispatchEvent(new Event("away"));
  }

  // A port for a window's page, which goes to the server without a way through this page's thread.
  enter(name) {
    const { port1, port2 } = new MessageChannel();
    this.worker.postMessage({ do: "enter", name }, [port2]);
    return port1;
  }

  leave(name) {
    this.worker?.postMessage({ do: "leave", name });
  }
}
