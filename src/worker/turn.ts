import { setImmediate as later } from "node:timers"; // what a test's fake timers leave alone

/** Lets messages and signals in. */
export function turn(): Promise<void> {
  return new Promise((resolve) => later(resolve));
}
