import { bits, formatFloat32, fromBits } from "../../inputs/float32.js";
import type { Float } from "../../judge/finding.js";
import { toJsonNumber } from "../../report/json.js";
import type { Case } from "../case.js";
import type { Example } from "../report.js";

/**
 * A float32 as an example holds it: its shortest decimal, 88.72284 rather than
 * 88.72283935546875, and its bits. NaN has the bits 0x7fc00000.
 */
export function exampleFloat(x: number): Float {
  return { value: toJsonNumber(Number(formatFloat32(x))), bits: bits(x) };
}

/** A case as JSON holds it. */
export function exampleOf({ shape, logits, labels }: Case): Example {
  return {
    shape: [...shape],
    logits: Array.from(logits, exampleFloat),
    labels: Array.from(labels, exampleFloat),
  };
}

/** The case of an example, from the bits of its numbers. */
export function caseOf({ shape, logits, labels }: Example): Case {
  const floats = (numbers: Float[]) => Float32Array.from(numbers, (number) => fromBits(number.bits));
  return { shape: [...shape], logits: floats(logits), labels: floats(labels) };
}
