import type { JsonNumber } from "../judge/finding.js";

/** A number as JSON can hold it: those that JSON has no digits for by name. */
export function toJsonNumber(x: number): JsonNumber {
  if (Number.isFinite(x) && !Object.is(x, -0)) return x;
  return Object.is(x, -0) ? "-0" : (String(x) as "NaN" | "Infinity" | "-Infinity");
}

/** The number that `toJsonNumber` wrote: `Number` reads all four names. */
export function fromJsonNumber(x: JsonNumber): number {
  return Number(x);
}

/** What `JSON.stringify` leaves as it is, and a terminal obeys, or shows in another order. */
const OBEYED = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * A document as JSON, indented, with a newline at its end. Keys stand in the
 * order in which the document holds them. `JSON.stringify` alone turns NaN and
 * ±Infinity into null and -0 into 0; here every number survives.
 */
export function jsonText(document: object): string {
  const text = JSON.stringify(
    document,
    (_key, value) => (typeof value === "number" ? toJsonNumber(value) : value),
    2,
  );
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return `${text.replace(OBEYED, escaped)}\n`;
}
