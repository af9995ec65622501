// The windows of one class, the one on the wall and its teacher's, are at the same stop.
const channel = new BroadcastChannel("stage");

// `where` tells this window's place of the note `page`, and `take` goes to another's. A window
// that has just come, or come back, takes the place of one that is there.
export function follow(page, where, take) {
  channel.addEventListener("message", ({ data }) => {
    if (data.page !== page) return;
    if (data.asks) tell(page, where());
    else take(data);
  });
  channel.postMessage({ page, asks: true });
}

export function tell(page, place) {
  if (place) channel.postMessage({ page, ...place });
}
