// How large the projector's type is beside what the screen asks for; it is kept.
import { forGood } from "./storage.js";
const STEP = 0.1;
const [LEAST, MOST] = [0.5, 2];

export function resize(by) {
  const size = Math.min(Math.max(Number(forGood.get("size") ?? 1) + by * STEP, LEAST), MOST);
  forGood.set("size", size.toFixed(1));
  document.documentElement.style.setProperty("--size", size.toFixed(1));
}
