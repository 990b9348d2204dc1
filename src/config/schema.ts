import * as z from "zod/mini";
import { PROPERTIES } from "../fuzz/defaults.js";
import { targetNames } from "../targets/names.js";
import { MAX_JOBS, MAX_POINTS, MAX_RUNS, MAX_SECONDS } from "./limits.js";
import { isExclusion } from "./patterns.js";
import {
  atol,
  either,
  finite,
  from,
  isText,
  listOf,
  number,
  objects,
  range,
  rtol,
  rule,
  seed,
  size,
  text,
  timeout,
  wholeNumber,
} from "./rules.js";

const severity = z.enum(["error", "warning", "note"]);
const kind = z.enum(PROPERTIES as [(typeof PROPERTIES)[number], ...typeof PROPERTIES]);
const severities = z.strictObject(Object.fromEntries(PROPERTIES.map((name) => [name, z.optional(severity)])));
const seconds = number(Number.MIN_VALUE, MAX_SECONDS, "a number of seconds above 0, at most 30 days");

const fuzz = z.strictObject({
  runs: z.optional(wholeNumber(1, MAX_RUNS)),
  time: z.optional(seconds),
  seed: z.optional(seed),
  "max-findings": z.optional(wholeNumber(1, 10_000)),
  property: z.optional(listOf(kind)),
  range: z.optional(range),
  "label-range": z.optional(range),
  special: z.optional(z.array(z.enum(["infinity", "nan"]))),
  train: z.optional(text),
  corpus: z.optional(text),
});

const lossOptions = {
  implementation: z.optional(listOf(text)),
  range: z.optional(range),
  points: z.optional(wholeNumber(2, MAX_POINTS)),
  labels: z.optional(listOf(finite)),
  special: z.optional(z.array(z.enum(["zero", "infinity", "subnormal"]))),
  logits: z.optional(text),
  "label-map": z.optional(text),
  heatmaps: z.optional(wholeNumber(0, 10_000)),
  size: z.optional(size),
  classes: z.optional(wholeNumber(1, 10_000)),
  objects: z.optional(objects),
  seed: z.optional(seed),
  from: z.optional(from),
  rtol: z.optional(rtol),
  atol: z.optional(atol),
  timeout: z.optional(timeout),
  severities: z.optional(severities),
  fuzz: z.optional(
    either(
      (value) => typeof value !== "object" || value === null,
      rule<boolean>("true, false or an object", (value) => typeof value === "boolean"),
      fuzz,
    ),
  ),
};

const lossName = rule<string>("a text, or an object with a loss and its options", isText);
const loss = z.strictObject({
  loss: rule<string>(
    "a name, a file or a pattern, without !",
    (value) => isText(value) && !isExclusion(value as string),
  ),
  ...lossOptions,
});

/** Which findings are ignored. */
const ignored = {
  id: z.optional(text),
  loss: z.optional(text),
  implementation: z.optional(text),
  target: z.optional(text),
  quantity: z.optional(z.enum(["value", "gradient"])),
  kind: z.optional(kind),
};
const ignoreKeys = {
  ...ignored,
  reason: rule<string>("a text: why these findings are accepted", isText),
  expires: z.optional(rule<string>('a day, as "2027-01-31"', isDay)),
};
const ignore = z
  .strictObject(ignoreKeys)
  .check(
    z.refine(
      (given) => Object.keys(given).some((key) => key in ignored),
      `one that says which findings, by ${Object.keys(ignored).join(", ")}; the loss "*" is any`,
    ),
  );

const targetName = z.enum([...targetNames, "all", "auto"]);

/** What a configuration may hold. */
export const configSchema = z.strictObject({
  ...lossOptions,
  losses: z.optional(listOf(either((value) => typeof value !== "object" || value === null, lossName, loss))),
  targets: z.optional(either((value) => !Array.isArray(value), targetName, listOf(targetName))),
  "fail-on": z.optional(z.enum(["error", "warning", "note", "never"])),
  ignore: z.optional(z.array(ignore)),
  baseline: z.optional(text),
  report: z.optional(listOf(text)),
  jobs: z.optional(wholeNumber(1, MAX_JOBS)),
});

function isDay(value: unknown): boolean {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

/** Keys that are known at a place of the configuration, for who misspells one. */
export function keysAt(path: readonly PropertyKey[]): string[] {
  const [first, second] = path;
  if (path.length === 0) return Object.keys(configSchema.shape);
  if (first === "ignore") return Object.keys(ignoreKeys);
  if (first === "fuzz" || path[2] === "fuzz") return Object.keys(fuzz.shape);
  if (path[path.length - 1] === "severities") return [...PROPERTIES];
  return typeof second === "number" ? Object.keys(loss.shape) : [];
}
