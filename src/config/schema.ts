import * as z from "zod/mini";
import { PROPERTIES } from "../fuzz/defaults.js";
import { parseFloat32 } from "../inputs/float32.js";
import { targetNames } from "../targets/names.js";

/** More logits than this in a range are more than the float32 numbers in most of them. */
export const MAX_POINTS = 1_000_000_000;
const MAX_RUNS = 1_000_000_000;
const MAX_SECONDS = 30 * 86_400;
const MAX_SEED = 2 ** 32 - 1;

/** A rule in the words that follow "but must be". */
function rule<T>(words: string, check: (value: unknown) => boolean) {
  return z.custom<T>(check, words);
}

function wholeNumber(low: number, high: number) {
  const isIn = (value: unknown) => Number.isInteger(value) && Number(value) >= low && Number(value) <= high;
  return rule<number>(`a whole number from ${low} to ${high.toLocaleString("en-US")}`, isIn);
}

function number(low: number, high: number, words: string) {
  return rule<number>(words, (value) => typeof value === "number" && value >= low && value <= high);
}

function float32Of(value: unknown): number {
  if (typeof value !== "number" && typeof value !== "string") return Number.NaN;
  try {
    return parseFloat32(String(value));
  } catch {
    return Number.NaN;
  }
}

/** The float32 that a value of the configuration stands for. */
export function asFloat32(value: number | string): number {
  return float32Of(value);
}

function isRange(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [low, high] = value.map(float32Of);
  return Number.isFinite(low) && Number.isFinite(high) && low < high;
}

const range = rule<[number, number]>("[LOW, HIGH], two float32 numbers, the smaller one first", isRange);
const text = rule<string>("a text", (value) => typeof value === "string" && value.trim() !== "");
const severity = z.enum(["error", "warning", "note"]);
const kind = z.enum(PROPERTIES as [(typeof PROPERTIES)[number], ...typeof PROPERTIES]);
const seed = wholeNumber(0, MAX_SEED);
const seconds = number(Number.MIN_VALUE, MAX_SECONDS, "a number of seconds above 0, at most 30 days");

function listOf<T extends z.ZodMiniType>(item: T) {
  return z.array(item).check(z.minLength(1, "a list with at least one item"));
}

/** Two whole numbers. */
function pair(low: number, high: number, words: string, isOrdered: boolean) {
  return rule<[number, number]>(words, (value) => {
    if (!Array.isArray(value) || value.length !== 2) return false;
    const isIn = value.every((n) => Number.isInteger(n) && n >= low && n <= high);
    return isIn && (!isOrdered || value[0] <= value[1]);
  });
}

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

/** One of two schemas, by whether the value is of some kind: the errors are then those of one alone. */
function either<A extends z.ZodMiniType, B extends z.ZodMiniType>(
  isFirst: (value: unknown) => boolean,
  first: A,
  second: B,
) {
  return z.pipe(
    z.unknown(),
    z.transform((value, context) => {
      const result = (isFirst(value) ? first : second).safeParse(value);
      if (result.success) return result.data as z.infer<A> | z.infer<B>;
      for (const issue of result.error.issues) context.issues.push({ ...issue, input: value } as never);
      return z.NEVER;
    }),
  );
}

const lossOptions = {
  implementation: z.optional(listOf(text)),
  range: z.optional(range),
  points: z.optional(wholeNumber(2, MAX_POINTS)),
  labels: z.optional(
    listOf(rule<number>("a finite float32 number", (value) => Number.isFinite(float32Of(value)))),
  ),
  special: z.optional(z.array(z.enum(["zero", "infinity", "subnormal"]))),
  logits: z.optional(text),
  "label-map": z.optional(text),
  heatmaps: z.optional(wholeNumber(0, 10_000)),
  size: z.optional(pair(1, 4096, "[HEIGHT, WIDTH] in pixels, each from 1 to 4,096", false)),
  classes: z.optional(wholeNumber(1, 10_000)),
  objects: z.optional(pair(0, 2 ** 24, "[MIN, MAX], whole numbers, the smaller one first", true)),
  seed: z.optional(seed),
  from: z.optional(z.enum(["logits", "probabilities"])),
  rtol: z.optional(number(0, 1, "a number from 0 to 1")),
  atol: z.optional(number(0, 3.4e38, "a number from 0 on")),
  timeout: z.optional(number(Number.MIN_VALUE, 86_400, "a number of seconds above 0, at most 86,400")),
  severities: z.optional(z.partialRecord(kind, severity)),
  fuzz: z.optional(
    either(
      (value) => typeof value !== "object" || value === null,
      rule<boolean>("true, false or an object", (value) => typeof value === "boolean"),
      fuzz,
    ),
  ),
};

const lossName = rule<string>(
  "a text, or an object with a loss and its options",
  (value) => typeof value === "string" && value.trim() !== "",
);
const loss = z.strictObject({ loss: text, ...lossOptions });

const ignore = z.strictObject({
  id: z.optional(text),
  loss: z.optional(text),
  implementation: z.optional(text),
  target: z.optional(text),
  quantity: z.optional(z.enum(["value", "gradient"])),
  kind: z.optional(kind),
  reason: rule<string>(
    "a text: why these findings are accepted",
    (value) => typeof value === "string" && value.trim() !== "",
  ),
  expires: z.optional(rule<string>('a day, as "2027-01-31"', isDay)),
});

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
  jobs: z.optional(wholeNumber(1, 1024)),
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
  if (first === "ignore") return Object.keys(ignore.shape);
  if (first === "fuzz" || path[2] === "fuzz") return Object.keys(fuzz.shape);
  if (path[path.length - 1] === "severities") return [...PROPERTIES];
  return typeof second === "number" ? Object.keys(loss.shape) : [];
}
