// Forms: what is in them, and what becomes of it.
import * as domino from "./domino.js";
import { Event, SubmitEvent, dispatch } from "./events.js";
import { held } from "./fields.js";
import { isHere, leave, resolved } from "./location.js";
import { extend } from "./members.js";
import { FormData, URLSearchParams } from "./pairs.js";
import { page } from "./record.js";

const FIELDS = "button, fieldset, input, object, output, select, textarea";

extend(domino.HTMLFormElement.prototype, {
  get elements() {
    const all = page.document.querySelectorAll(FIELDS);
    return all.filter((each) => each.form === this && each.type !== "image");
  },
  get length() {
    return this.elements.length;
  },
  checkValidity() {
    const wrong = [...this.elements].filter((each) => each.checkValidity?.() === false);
    return wrong.length === 0;
  },
  reportValidity() {
    return this.checkValidity();
  },
  requestSubmit(submitter = null) {
    submit(this, submitter);
  },
  submit() {
    send(this, null);
  },
  reset() {
    if (!dispatch(this, new Event("reset", { bubbles: true, cancelable: true }))) return;
    for (const field of this.elements) {
      Object.assign(held(field), { value: undefined, checked: undefined, typed: false });
      for (const each of field.options ?? []) held(each).selected = undefined;
    }
  },
});

// A form's field is the form's property too: `form.message`, and `form[0]`.
export const fieldOf = ({ elements }, name) => elements[name];

// Sends the form as its button does: if what it holds is valid, and no script has it otherwise.
export function submit(form, submitter) {
  const unasked = form.noValidate || submitter?.formNoValidate;
  if (!form.isConnected || !(unasked || form.checkValidity())) return;
  const event = new SubmitEvent("submit", { bubbles: true, cancelable: true, submitter });
  if (dispatch(form, event)) send(form, submitter);
}

function send(form, submitter) {
  const [method, action, target] = ["method", "action", "target"].map(
    (name) => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? "",
  );
  if (/^dialog$/i.test(method) || !isHere(target)) return;
  const next = resolved(action || page.address.href);
  const data = `${new URLSearchParams(new FormData(form, submitter))}`;
  if (/^post$/i.test(method)) return leave(next.href, data);
  next.search = `?${data}`;
  leave(next.href);
}
