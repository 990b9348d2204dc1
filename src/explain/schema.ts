import * as z from "zod/mini";
import {
  asFloat32,
  atol,
  either,
  finite,
  from,
  listOf,
  objects,
  rtol,
  rule,
  seed,
  size,
  text,
  timeout,
  wholeNumber,
} from "../config/rules.js";
import { targetNames } from "../targets/names.js";

/** One value, or a list of them. */
function oneOrMore<T extends z.ZodMiniType>(one: T) {
  return either((value) => !Array.isArray(value), one, listOf(one));
}

const logit = rule<number>("a float32 number or ±Infinity", (value) => !Number.isNaN(asFloat32(value)));
const pixel = rule<[number, number]>(
  "[LOGIT, LABEL], two finite float32 numbers",
  (value) => Array.isArray(value) && value.length === 2 && value.every((x) => Number.isFinite(asFloat32(x))),
);
const parameters = rule<Record<string, number>>(
  "an object of finite numbers",
  (value) => typeof value === "object" && value !== null && Object.values(value).every(Number.isFinite),
);

/** What `explain` may be asked for, apart from functions. */
export const explainSchema = z.strictObject({
  loss: text,
  with: z.optional(listOf(text)),
  at: z.optional(oneOrMore(logit)),
  label: z.optional(oneOrMore(finite)),
  beside: z.optional(pixel),
  logits: z.optional(text),
  "label-map": z.optional(text),
  heatmap: z.optional(wholeNumber(0, 9_999)),
  index: z.optional(listOf(wholeNumber(0, 2 ** 31))),
  size: z.optional(size),
  classes: z.optional(wholeNumber(1, 10_000)),
  objects: z.optional(objects),
  seed: z.optional(seed),
  target: z.optional(z.enum(targetNames)),
  from: z.optional(from),
  rtol: z.optional(rtol),
  atol: z.optional(atol),
  timeout: z.optional(timeout),
  parameters: z.optional(parameters),
});
