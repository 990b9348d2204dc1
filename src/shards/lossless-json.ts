import { toJsonNumber } from "../report/json.js";

/** A document as JSON that `fromLosslessJson` gives back as it was: numbers that JSON has no digits for are `{"number": "NaN"}`. */
export function toLosslessJson(document: unknown): string {
  return JSON.stringify(document, (_key, value) => {
    if (typeof value !== "number") return value;
    const number = toJsonNumber(value);
    return typeof number === "number" ? number : { number };
  });
}

/** The document of a parsed JSON. */
export function fromLosslessJson(json: unknown): unknown {
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return json.map(fromLosslessJson);
  const entries = Object.entries(json);
  if (entries.length === 1 && entries[0][0] === "number") return Number(entries[0][1]);
  return Object.fromEntries(entries.map(([key, value]) => [key, fromLosslessJson(value)]));
}
