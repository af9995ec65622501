// In the head of a page that has an office behind it: that begins while the page is still read.
import { begin } from "./worker.js";

begin();
