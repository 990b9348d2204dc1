import type * as z from "zod/mini";
import { didYouMean } from "../cli/did-you-mean.js";
import { shownValue } from "../files/field.js";
import { InputError } from "../inputs/input-error.js";
import type { Config } from "./config.js";
import { placeOf, plainData } from "./plain.js";
import { configSchema, keysAt } from "./schema.js";

/** Faults that one message lists. */
const LISTED = 5;
const LONGEST_LIST = 40;
/** Of a key in a message. */
const LONGEST_KEY = 60;

/** What a value must be like. */
export interface Form<T> {
  schema: z.core.$ZodType<T> & { safeParse(value: unknown): z.core.util.SafeParseResult<T> };
  /** The keys that are known at a place, for who misspells one. */
  keysAt(path: readonly PropertyKey[]): string[];
  /** A sentence on where a key belongs that is not known at a place; empty where nothing is known of it. */
  elsewhere(key: string, path: readonly PropertyKey[]): string;
}

/**
 * The configuration that a value is. Throws an InputError with each of its faults: where, what is there, what must be.
 * `name` is what it is called there: the path of its file.
 */
export function checkConfig(value: unknown, name: string): Config {
  return checkForm(value, name, { schema: configSchema, keysAt, elsewhere }) as Config;
}

/** The same for a value of another form. */
export function checkForm<T>(value: unknown, name: string, form: Form<T>): T {
  const outcome = parsed(value, form);
  if ("data" in outcome) return outcome.data;
  const { faults } = outcome;
  const more = faults.length > LISTED ? [`${faults.length - LISTED} more.`] : [];
  throw new InputError([...faults.slice(0, LISTED), ...more].map((fault) => `${name}: ${fault}`).join("\n"));
}

/** A sentence or two for each fault, where there are some. */
function parsed<T>(value: unknown, form: Form<T>): { data: T } | { faults: string[] } {
  try {
    const data = plainData(value);
    const result = form.schema.safeParse(data);
    if (result.success) return { data: result.data };
    return { faults: result.error.issues.flatMap((issue) => inWords(issue, data, form)) };
  } catch (error) {
    if (error instanceof InputError) return { faults: [error.message] };
    throw error;
  }
}

function inWords<T>(issue: z.core.$ZodIssue, value: unknown, form: Form<T>): string[] {
  const { path } = issue;
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(key, path, form));
  const given = valueAt(value, path);
  return [
    `${placeOf(path)} is ${shown(given)}, but must be ${ruleOf(issue, path)}. ${hint(issue, given)}`.trim(),
  ];
}

function unknownKey<T>(key: string, path: readonly PropertyKey[], form: Form<T>): string {
  const known = form.keysAt(path);
  const place = path.length === 0 ? "there is no key" : `${placeOf(path)} has no key`;
  const name = key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY)}…` : key;
  return `${place} ${JSON.stringify(name)}. ${form.elsewhere(key, path) || didYouMean(key, known)}The keys are ${known.join(", ")}.`;
}

/** Where a key belongs that is known at another place. */
function elsewhere(key: string, path: readonly PropertyKey[]): string {
  const isInFuzz = path[path.length - 1] === "fuzz";
  if (isInFuzz && keysAt(["losses", 0]).includes(key)) return "It belongs beside fuzz. ";
  if (path.length > 0 && keysAt([]).includes(key)) return `It belongs beside ${String(path[0])}. `;
  return !isInFuzz && path[0] !== "ignore" && keysAt(["fuzz"]).includes(key) ? "It is a key of fuzz. " : "";
}

/** A short list says more than how long it is. */
function shown(value: unknown): string {
  if (typeof value === "number") return String(value);
  const text = Array.isArray(value) ? `[${value.map(shown).join(", ")}]` : "";
  return text !== "" && text.length <= LONGEST_LIST ? text : shownValue(value);
}

function ruleOf(issue: z.core.$ZodIssue, path: readonly PropertyKey[]): string {
  if (issue.code === "invalid_value") {
    const list = path[0] === "targets" && path.length === 1 ? ", or a list of them" : "";
    return `one of ${issue.values.join(", ")}${list}`;
  }
  if (issue.code === "invalid_type") return issue.expected === "array" ? "a list" : "an object";
  return issue.message;
}

function hint(issue: z.core.$ZodIssue, given: unknown): string {
  if (issue.code !== "invalid_value" || typeof given !== "string") return "";
  return didYouMean(given, issue.values.map(String)).trimEnd();
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    const isThere = typeof inner === "object" && inner !== null && Object.hasOwn(inner, key);
    return isThere ? (inner as Record<PropertyKey, unknown>)[key] : undefined;
  }, value);
}
