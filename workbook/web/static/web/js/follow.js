// The windows of one class, the one on the wall and its teacher's, are at the same stop.
const channel = new BroadcastChannel("stage");
let hasGone = false; // by itself: what was answered when it came is older

// `where` tells this window's place of the note `page`, and `take` goes to another's. A window
// that has just come, or come back, takes the place of one that is there.
export function follow(page, where, take) {
  channel.addEventListener("message", ({ data }) => {
    if (data.page !== page) return;
    if (data.asks) say(page, where(), { answers: true });
    else if (!data.answers || !hasGone) take(data);
  });
  channel.postMessage({ page, asks: true });
}

export function tell(page, place) {
  hasGone = true;
  say(page, place);
}

function say(page, place, about) {
  if (place) channel.postMessage({ page, ...place, ...about });
}
