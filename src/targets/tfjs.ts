import { createRequire } from "node:module";

/** The namespace of `@tensorflow/tfjs`. */
export type Tfjs = typeof import("@tensorflow/tfjs");

/**
 * What tfjs says by console.warn of its own accord: an advertisement of tfjs-node at the first tensor, and
 * that kernels, a backend or the platform came twice, which a second copy of it in a user's packages brings about.
 */
const CHATTER = [
  /Hi, looks like you are running TensorFlow\.js in Node\.js/,
  /^The kernel '.*' for backend '.*' is already registered/,
  /backend was already registered\. Reusing existing backend factory/,
  /^Platform \w+ has already been set\. Overwriting the platform/,
];

let loading: Promise<Tfjs> | undefined;
let loadingWasm: Promise<Tfjs> | undefined;

/**
 * tfjs, the same copy for all: our losses, a user's losses and every backend.
 * It is loaded at the first call, since it takes longer to start than the rest of the program.
 */
export function loadTfjs(): Promise<Tfjs> {
  dropChatter();
  loading ??= import("./shared-tfjs.cjs").then((copy) => copy.default);
  return loading;
}

/**
 * tfjs with its `wasm` backend registered, which finds its .wasm files beside
 * itself. On one thread: how threads split a reduction would move its last bits.
 */
export function loadWasm(): Promise<Tfjs> {
  loadingWasm ??= (async () => {
    const tf = await loadTfjs();
    createRequire(import.meta.url)("@tensorflow/tfjs-backend-wasm"); // as shared-tfjs.cts says
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
    return tf;
  })();
  return loadingWasm;
}

/** As it was before chatter was dropped. */
let warn: typeof console.warn | undefined;

/** tfjs can only be silenced as a whole (its flags IS_TEST and PROD); other warnings are worth reading. */
function dropChatter(): void {
  if (warn !== undefined) return;
  warn = console.warn;
  console.warn = withoutChatter;
}

function withoutChatter(...message: unknown[]): void {
  const [first] = message;
  if (typeof first === "string" && CHATTER.some((pattern) => pattern.test(first))) return;
  warn?.apply(console, message);
}

/** Lets a process that is not ours warn as before. */
export function restoreWarnings(): void {
  if (console.warn !== withoutChatter || warn === undefined) return;
  console.warn = warn;
  warn = undefined;
}

/**
 * The loader of the WebAssembly module throws every uncaught exception of the
 * process again, so that Node prints the loader's own source, one line of 30 kB.
 */
export async function withoutNewHandlers<T>(start: () => Promise<T>): Promise<T> {
  const events = ["uncaughtException", "unhandledRejection"] as const;
  const before = new Set(events.flatMap((event) => process.listeners(event as "uncaughtException")));
  const result = await start();
  for (const event of events) {
    for (const listener of process.listeners(event as "uncaughtException")) {
      if (!before.has(listener)) process.removeListener(event, listener);
    }
  }
  return result;
}
