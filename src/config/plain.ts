import { InputError } from "../inputs/input-error.js";
import { thrownText } from "../losses/user-errors.js";
import { truncate } from "../report/text.js";

/** A configuration has a handful of levels. */
const DEEPEST = 20;
/** Of a key in a message. */
const LONGEST_KEY = 60;

/**
 * The same value as plain data: texts, numbers, true, false, null, lists and objects with keys of their own. Keys that
 * are undefined are left out. Throws an InputError with the place of what is none of these.
 */
export function plainData(value: unknown): unknown {
  try {
    return plain(value, []);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`it throws when it is read: ${thrownText(error)}`);
  }
}

function plain(value: unknown, path: readonly PropertyKey[]): unknown {
  const place = placeOf(path);
  if (path.length > DEEPEST) throw new InputError(`${placeOf(path.slice(0, 3))} … is nested too deep.`);
  if (Array.isArray(value)) return Array.from(value, (item, i) => plain(item, [...path, i]));
  if (typeof value === "object" && value !== null) {
    const kind = Object.prototype.toString.call(value).slice("[object ".length, -1);
    if (kind !== "Object" && kind !== "Module") refuse(place, `a ${kind}`);
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return Object.fromEntries(entries.map(([key, inner]) => [key, plain(inner, [...path, key])]));
  }
  if (["function", "symbol", "bigint"].includes(typeof value)) refuse(place, `a ${typeof value}`);
  return value;
}

function refuse(place: string, what: string): never {
  throw new InputError(
    `${place} is ${what}, but a configuration holds texts, numbers, true, false, lists and objects only.`,
  );
}

/** `losses[1].fuzz.max-findings`; `it` for the whole. */
export function placeOf(path: readonly PropertyKey[]): string {
  const parts = path.map((key, i) => {
    if (typeof key === "number") return `[${key}]`;
    const name = truncate(String(key), LONGEST_KEY);
    return i === 0 ? name : `.${name}`;
  });
  return parts.join("") || "it";
}
