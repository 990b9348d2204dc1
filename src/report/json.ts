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

/**
 * A document as JSON, indented, with a newline at its end. Keys stand in the
 * order in which the document holds them. `JSON.stringify` alone turns NaN and
 * ±Infinity into null and -0 into 0; here every number survives.
 */
export function jsonText(document: object): string {
  return `${JSON.stringify(document, (_key, value) => (typeof value === "number" ? toJsonNumber(value) : value), 2)}\n`;
}
