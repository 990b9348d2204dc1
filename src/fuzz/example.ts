import { fromBits, toFloat } from "../inputs/float32.js";
import type { Case } from "./case.js";
import type { Example } from "./report.js";

/** An input as JSON holds it. */
export function exampleOf({ shape, logits, labels }: Case): Example {
  return { shape: [...shape], logits: Array.from(logits, toFloat), labels: Array.from(labels, toFloat) };
}

/** The input that JSON holds: the bits of its numbers say what they are. */
export function caseOf({ shape, logits, labels }: Example): Case {
  const numbers = (floats: Example["logits"]) => Float32Array.from(floats, ({ bits }) => fromBits(bits));
  return { shape, logits: numbers(logits), labels: numbers(labels) };
}
