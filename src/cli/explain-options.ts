import type { ExplainConfig } from "../explain/config.js";
import { parseFloat32 } from "../inputs/float32.js";
import { InputError } from "../inputs/input-error.js";
import { targetNames } from "../targets/names.js";
import { given, judgementConfig, objects, path, size } from "./sweep-options.js";
import { choice, float32, list, timeout, wholeNumber } from "./values.js";

/** The flags of `audit explain` as typed. */
export interface ExplainFlags {
  with?: string;
  at?: string[];
  label?: string[];
  beside?: string;
  logits?: string;
  "label-map"?: string;
  heatmap?: string;
  index?: string;
  size?: string;
  classes?: string;
  objects?: string;
  seed?: string;
  target?: string;
  from?: string;
  rtol?: string;
  atol?: string;
  timeout?: string;
}

const NUMBERS = "float32 numbers separated by commas, such as 17.4,-3 or 0x418b3333";

/** What the argument and the flags of `audit explain` say, as a program would. Refuses what can't be read. */
export function explainConfig(loss: string, flags: ExplainFlags): ExplainConfig {
  const { at, label } = flags;
  return {
    loss,
    ...given(flags, "with", (text) => list("with", text, "names of exports separated by commas")),
    ...(at && { at: at.flatMap((text) => list("at", text, NUMBERS)).map(logit) }),
    ...(label && { label: label.flatMap(labels) }),
    ...given(flags, "beside", beside),
    ...given(flags, "logits", (text) => path("logits", text, "the path of a .npy file")),
    ...given(flags, "label-map", (text) => path("label-map", text, "the path of a .npy file")),
    ...given(flags, "heatmap", (text) => wholeNumber("heatmap", text, 0, 9_999, ", counted from 0")),
    ...given(flags, "index", index),
    ...given(flags, "size", size),
    ...given(flags, "classes", (text) => wholeNumber("classes", text, 1, 10_000)),
    ...given(flags, "objects", objects),
    ...given(flags, "seed", (text) => wholeNumber("seed", text, 0, 2 ** 32 - 1)),
    ...given(flags, "target", (text) => choice("target", text, targetNames)),
    ...judgementConfig(flags),
    ...given(flags, "timeout", timeout),
  };
}

/** Any float32 but NaN: at ±Infinity the limit is explained. */
function logit(text: string): number {
  try {
    return parseFloat32(text);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`--at: ${error.message}`);
  }
}

function labels(text: string): number[] {
  return list("label", text, "numbers separated by commas, such as 0,1").map((z) => float32("label", z));
}

function beside(text: string): [logit: number, label: number] {
  const parts = text.split(":");
  if (parts.length !== 2) {
    throw new InputError(
      `--beside takes LOGIT:LABEL of a second pixel, such as 16:1, but "${text}" was given.`,
    );
  }
  return [float32("beside", parts[0]), float32("beside", parts[1])];
}

function index(text: string): number[] {
  const rule = ", one for each axis and separated by commas";
  return text.split(",").map((part) => wholeNumber("index", part, 0, 2 ** 31, rule));
}
