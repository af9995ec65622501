// QuickJS, in which a check runs a page's scripts, as `standins/_quickjs.py` asks for it.
import { quickjs } from "../../vendor/quickjs.js";

const PACE = 6000; // turns that stand for a second of a machine's
const STACK = 60_000; // bytes

// Makes engines, each with globals of its own.
export async function engines() {
  const module = await quickjs(new URL("../../vendor/quickjs.wasm", import.meta.url).href);
  return () => engine(module);
}

function engine(module) {
  const runtime = module.newRuntime();
  const context = runtime.newContext();
  let allowed = Infinity;
  let turns = 0; // as the engine counts its work: a browser that is busy with other things costs none
  runtime.setMaxStackSize(STACK);
  runtime.setInterruptHandler(() => (turns += 1) > allowed);

  function timed(work) {
    turns = 0;
    return answer(work());
  }

  function answer({ error, value }) {
    const told = error ? { error: failure(error) } : { error: undefined, value: plain(value) };
    (error ?? value).dispose();
    return told;
  }

  function failure(error) {
    const stack = context.getProp(error, "stack");
    const text = `${context.getString(error)}\n${plain(stack)}`;
    stack.dispose();
    return text;
  }

  // An object stays in the engine; nobody asks for one.
  function plain(value) {
    return context.typeof(value) === "object" ? undefined : context.dump(value);
  }

  return {
    eval: (script) => timed(() => context.evalCode(script, "<input>")),
    call(name, ...texts) {
      const called = context.getProp(context.global, name);
      const given = texts.map((text) => context.newString(text));
      const told = timed(() => context.callFunction(called, context.undefined, ...given));
      [called, ...given].forEach((handle) => handle.dispose());
      return told;
    },
    limit: (seconds) => (allowed = PACE * seconds),
    job() {
      const { error, value } = runtime.executePendingJobs(1);
      return error ? answer({ error }) : { error: undefined, value: value > 0 };
    },
  };
}
