import { parse } from "acorn";

// The frame takes the name away before the page's own scripts run.
globalThis.acorn = { parse };
