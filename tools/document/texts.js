// Texts as bytes, and as a language writes them.
import { provide } from "./members.js";
import { part } from "./record.js";

const FORMATS = ["Collator", "DateTimeFormat", "DisplayNames", "ListFormat", "NumberFormat"];
const RULES = ["PluralRules", "RelativeTimeFormat", "Segmenter"];

class TextEncoder {
  encode(text = "") {
    return Uint8Array.from(unescape(encodeURIComponent(text)), (each) => each.charCodeAt(0));
  }
}

class TextDecoder {
  decode(bytes = []) {
    return decodeURIComponent(
      escape(String.fromCharCode(...new Uint8Array(bytes.buffer ?? bytes))),
    );
  }
}

// Numbers and dates as they come: how a language writes them, no check asks.
class Format {
  format(value) {
    return value instanceof Date ? value.toLocaleString() : `${value}`;
  }
  formatToParts(value) {
    return [{ type: "literal", value: this.format(value) }];
  }
  resolvedOptions() {
    return { locale: "en", timeZone: "UTC" };
  }
  select() {
    return "other";
  }
  compare(one, other) {
    return one < other ? -1 : Number(one > other);
  }
}

part("Intl's format", Format.prototype);
part("TextEncoder", TextEncoder.prototype);
part("TextDecoder", TextDecoder.prototype);

const formats = Object.fromEntries(
  [...FORMATS, ...RULES].map((name) => [name, class extends Format {}]),
);

provide({
  TextDecoder,
  TextEncoder,
  Intl: part("Intl", formats),
});
