// Scripts from elsewhere, which nobody fetches here.
import { replaceable } from "./members.js";
import { lack } from "./record.js";

// What these do is seen and not heard: a page is the same to its WebSocket without them.
const LOOKS = /analytics|bootstrap|feather|font-?awesome|fonts|gtag|icons|lucide|popper|tailwind/i;
const NAMES = ["FontAwesome", "Popper", "bootstrap", "feather", "gtag", "lucide", "tailwind"];

export function leaveOut(address) {
  if (!LOOKS.test(address)) return lack(address);
  for (const name of NAMES) {
    if (!(name in globalThis)) replaceable(globalThis, name, () => anything);
  }
}

// It takes whatever is done with it, and nothing comes of that.
const anything = new Proxy(function () {}, {
  get: (all, name) => (name === Symbol.toPrimitive ? () => "" : anything),
  set: () => true,
  apply: () => anything,
  construct: () => anything,
});
