import * as z from "zod/mini";
import { parseFloat32 } from "../inputs/float32.js";
import { MAX_OBJECTS, MAX_SEED } from "./limits.js";

/** What single keys may hold. A rule is in the words that follow "but must be". */
export function rule<T>(words: string, check: (value: unknown) => boolean) {
  return z.custom<T>(check, words);
}

export function wholeNumber(low: number, high: number) {
  const isIn = (value: unknown) => Number.isInteger(value) && Number(value) >= low && Number(value) <= high;
  return rule<number>(`a whole number from ${low} to ${high.toLocaleString("en-US")}`, isIn);
}

export function number(low: number, high: number, words: string) {
  return rule<number>(words, (value) => typeof value === "number" && value >= low && value <= high);
}

export function listOf<T extends z.ZodMiniType>(item: T) {
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

/** One of two schemas, by whether the value is of some kind: the errors are then those of one alone. */
export function either<A extends z.ZodMiniType, B extends z.ZodMiniType>(
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

/** The float32 that a value stands for; NaN for one that stands for none. */
export function asFloat32(value: unknown): number {
  if (typeof value !== "number" && typeof value !== "string") return Number.NaN;
  try {
    return parseFloat32(Object.is(value, -0) ? "-0" : String(value));
  } catch {
    return Number.NaN;
  }
}

function isRange(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [low, high] = value.map(asFloat32);
  return Number.isFinite(low) && Number.isFinite(high) && low < high;
}

const LONGEST_TEXT = 4096;

export function isText(value: unknown): boolean {
  if (typeof value !== "string" || value.length > LONGEST_TEXT) return false;
  return value.trim() !== "" && !value.includes("\0");
}

export const text = rule<string>("a text of at most 4,096 characters", isText);
export const range = rule<[number, number]>(
  "[LOW, HIGH], two float32 numbers, the smaller one first",
  isRange,
);
export const finite = rule<number>("a finite float32 number", (value) => Number.isFinite(asFloat32(value)));
export const size = pair(1, 4096, "[HEIGHT, WIDTH] in pixels, each from 1 to 4,096", false);
export const objects = pair(0, MAX_OBJECTS, "[MIN, MAX], whole numbers, the smaller one first", true);
export const seed = wholeNumber(0, MAX_SEED);
export const from = z.enum(["logits", "probabilities"]);
export const rtol = number(0, 1, "a number from 0 to 1");
export const atol = number(0, 3.4e38, "a number from 0 on");
export const timeout = number(Number.MIN_VALUE, 86_400, "a number of seconds above 0, at most 86,400");
