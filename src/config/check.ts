import type * as z from "zod/mini";
import { didYouMean } from "../cli/did-you-mean.js";
import { shownValue } from "../files/field.js";
import { InputError } from "../inputs/input-error.js";
import type { Config } from "./config.js";
import { configSchema, keysAt } from "./schema.js";

/** Faults that one message lists. */
const LISTED = 5;
const LONGEST_LIST = 40;

/**
 * The configuration that a value is. Throws an InputError with each of its faults: where, what is there, what must be.
 * `name` is what it is called there: the path of its file.
 */
export function checkConfig(value: unknown, name: string): Config {
  const result = configSchema.safeParse(value);
  if (result.success) return result.data as Config;
  const faults = result.error.issues.flatMap((issue) => inWords(issue, value));
  const more = faults.length > LISTED ? [`${faults.length - LISTED} more.`] : [];
  throw new InputError([...faults.slice(0, LISTED), ...more].map((fault) => `${name}: ${fault}`).join("\n"));
}

function inWords(issue: z.core.$ZodIssue, value: unknown): string[] {
  const { path } = issue;
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(path);
    const place = path.length === 0 ? "there is no key" : `${placeOf(path)} has no key`;
    return issue.keys.map(
      (key) => `${place} "${key}". ${didYouMean(key, known)}The keys are ${known.join(", ")}.`,
    );
  }
  const given = valueAt(value, path);
  const place = placeOf(path) || "it";
  return [`${place} is ${shown(given)}, but must be ${ruleOf(issue)}. ${hint(issue, given)}`.trim()];
}

/** A short list says more than how long it is. */
function shown(value: unknown): string {
  const text = Array.isArray(value) ? JSON.stringify(value) : "";
  return text !== "" && text.length <= LONGEST_LIST ? text : shownValue(value);
}

function ruleOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") return `one of ${issue.values.join(", ")}`;
  if (issue.code === "invalid_type") return issue.expected === "array" ? "a list" : "an object";
  if (issue.code === "invalid_key") return `one of ${keysAt(issue.path.slice(0, -1)).join(", ")}`;
  return issue.message;
}

function hint(issue: z.core.$ZodIssue, given: unknown): string {
  if (issue.code !== "invalid_value" || typeof given !== "string") return "";
  return didYouMean(given, issue.values.map(String)).trimEnd();
}

/** `losses[1].fuzz.max-findings` */
function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((key, i) => {
      if (typeof key === "number") return `[${key}]`;
      return i === 0 ? String(key) : `.${String(key)}`;
    })
    .join("");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner === null || inner === undefined ? undefined : (inner as never)[key]),
    value,
  );
}
