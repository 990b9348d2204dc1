import { judgementConfig } from "../cli/sweep-options.js";
import { float32, list, wholeNumber } from "../cli/values.js";
import { parseFloat32 } from "../inputs/float32.js";
import { InputError } from "../inputs/input-error.js";
import { sweepDefaults as defaults } from "../sweep/defaults.js";
import type { ExplainOptions, PointSource } from "./options.js";

/** The flags of `audit explain` as typed. */
export interface ExplainFlags {
  with?: string;
  at?: string[];
  label?: string[];
  logits?: string;
  "label-map"?: string;
  index?: string;
  heatmap?: string;
  size?: string;
  classes?: string;
  objects?: string;
  seed?: string;
  beside?: string;
  target: string;
  from?: string;
  rtol?: string;
  atol?: string;
}

const NUMBERS = "float32 numbers separated by commas, such as 17.4,-3 or 0x418b3333";

/** Reads the argument and flags of `audit explain`, and refuses what makes no sense. */
export function explainOptions(loss: string, flags: ExplainFlags): ExplainOptions {
  return {
    loss,
    comparedWith:
      flags.with === undefined ? [] : list("with", flags.with, "names of exports separated by commas"),
    source: sourceOf(flags),
    target: flags.target.trim(),
    ...{ from: defaults.from, rtol: defaults.rtol, atol: defaults.atol },
    ...judgementConfig(flags),
  };
}

function sourceOf(flags: ExplainFlags): PointSource {
  const given = (["at", "logits", "heatmap"] as const).filter((name) => flags[name] !== undefined);
  if (given.length === 0) {
    throw new InputError(
      "No point was given. Give a logit with --at, such as --at 17.4 --label 0, a file with --logits FILE.npy, " +
        "or a heat map of a sweep with --heatmap N.",
    );
  }
  if (given.length > 1) {
    throw new InputError(`--${given.join(" and --")} are two ways to give the points: give one of them.`);
  }
  refuseStrays(flags, given[0]);
  if (flags.at !== undefined) return typed(flags, flags.at);
  if (flags.logits !== undefined) {
    if (flags.label !== undefined && flags["label-map"] !== undefined) {
      throw new InputError("--label and --label-map both give the labels of --logits: give one of them.");
    }
    return {
      kind: "file",
      logits: flags.logits,
      ...(flags["label-map"] !== undefined && { labelMap: flags["label-map"] }),
      labels: labels(flags),
      ...index(flags),
    };
  }
  return drawn(flags, flags.heatmap as string);
}

/** Which flags go with which source of points. */
const partners = {
  at: ["label", "classes", "beside"],
  logits: ["label", "label-map", "index"],
  heatmap: ["index", "size", "classes", "objects", "seed"],
} as const;

function refuseStrays(flags: ExplainFlags, source: keyof typeof partners): void {
  const all = [...new Set(Object.values(partners).flat())];
  const stray = all.find(
    (name) => flags[name] !== undefined && !(partners[source] as readonly string[]).includes(name),
  );
  if (stray === undefined) return;
  const sources = (Object.keys(partners) as (keyof typeof partners)[]).filter((name) =>
    (partners[name] as readonly string[]).includes(stray),
  );
  throw new InputError(
    `--${stray} does not go with --${source}, only with --${sources.join(" and --")}: leave one of them out.`,
  );
}

function typed(flags: ExplainFlags, at: string[]): PointSource {
  const logits = at.flatMap((text) => list("at", text, NUMBERS)).map(logit);
  return {
    kind: "at",
    logits: logits.filter((x, i) => logits.findIndex((other) => Object.is(other, x)) === i), // a Set makes -0 into 0
    labels: labels(flags),
    ...(flags.classes !== undefined && { classes: wholeNumber("classes", flags.classes, 2, 10_000) }),
    ...(flags.beside !== undefined && { beside: beside(flags.beside) }),
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

function labels({ label = ["0"] }: ExplainFlags): number[] {
  const rule = "numbers separated by commas, such as 0,1";
  return [...new Set(label.flatMap((text) => list("label", text, rule)).map((z) => float32("label", z)))];
}

function beside(text: string): { logit: number; label: number } {
  const parts = text.split(":");
  if (parts.length !== 2) {
    throw new InputError(
      `--beside takes LOGIT:LABEL of a second pixel, such as 16:1, but "${text}" was given.`,
    );
  }
  return { logit: float32("beside", parts[0]), label: float32("beside", parts[1]) };
}

function index({ index }: ExplainFlags): { index?: number[] } {
  if (index === undefined) return {};
  const parts = index.split(",");
  return {
    index: parts.map((part) =>
      wholeNumber("index", part, 0, 2 ** 31, ", one for each axis and separated by commas"),
    ),
  };
}

function drawn(flags: ExplainFlags, heatmap: string): PointSource {
  const { heatmaps, seed } = defaults;
  const [height, width] = pair(
    "size",
    flags.size ?? `${heatmaps.height}x${heatmaps.width}`,
    "x",
    "HEIGHTxWIDTH, such as 16x16",
    1,
  );
  const [min, max] = pair(
    "objects",
    flags.objects ?? heatmaps.objects.join(","),
    ",",
    "MIN,MAX, such as 0,3",
    0,
  );
  const classes =
    flags.classes === undefined ? heatmaps.classes : wholeNumber("classes", flags.classes, 1, 10_000);
  return {
    kind: "heatmap",
    heatmap: wholeNumber("heatmap", heatmap, 0, 9_999, ", counted from 0"),
    options: {
      height,
      width,
      classes,
      objects: [min, max],
      seed: flags.seed === undefined ? seed : wholeNumber("seed", flags.seed, 0, 2 ** 32 - 1),
    },
    ...index(flags),
  };
}

function pair(flag: string, text: string, separator: string, form: string, low: number): [number, number] {
  const parts = text.split(separator);
  if (parts.length !== 2) throw new InputError(`--${flag} takes ${form}, but "${text}" was given.`);
  const [first, second] = parts.map((part) => wholeNumber(flag, part, low, 4096));
  return [first, second];
}
