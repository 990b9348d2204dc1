import { InputError } from "../inputs/input-error.js";
import type { SweepOptions } from "../sweep/options.js";
import { choice, float32, list, range, targets, timeout, tolerance, wholeNumber } from "./values.js";

/** The flags of `audit sweep` as typed, after their defaults were filled in. */
export interface SweepFlags {
  implementation?: string;
  target: string;
  range: string;
  points?: string;
  labels: string;
  special?: string;
  logits?: string;
  "label-map"?: string;
  heatmaps?: string;
  size: string;
  classes: string;
  objects: string;
  seed: string;
  from: string;
  rtol: string;
  atol: string;
  "fail-on": string;
  timeout: string;
}

/** More logits than this in a range are more than the float32 numbers in most of them. */
const MAX_POINTS = 1_000_000_000;
const MAX_PIXELS = 2 ** 24;

function labels(text: string): number[] {
  return list("labels", text, "numbers separated by commas, such as 0,1").map((label) =>
    float32("labels", label),
  );
}

function size(text: string): [height: number, width: number] {
  const match = /^(\d+)x(\d+)$/i.exec(text.trim());
  if (match === null) {
    throw new InputError(`--size takes HEIGHTxWIDTH in pixels, such as 16x16, but "${text}" was given.`);
  }
  return [
    wholeNumber("size", match[1], 1, 4096, " a side"),
    wholeNumber("size", match[2], 1, 4096, " a side"),
  ];
}

function objects(text: string, pixels: number): [number, number] {
  const ends = text.split(",");
  if (ends.length !== 2) {
    throw new InputError(`--objects takes MIN,MAX objects in a map, such as 0,3, but "${text}" was given.`);
  }
  const [low, high] = ends.map((end) => wholeNumber("objects", end, 0, pixels, ", the pixels of a map"));
  if (low > high) {
    throw new InputError(
      `--objects ${text} is reversed: MIN must not be above MAX. Give --objects ${high},${low}.`,
    );
  }
  return [low, high];
}

function heatmaps(flags: SweepFlags): SweepOptions["heatmaps"] {
  const [height, width] = size(flags.size);
  const classes = wholeNumber("classes", flags.classes, 1, 10_000);
  if (height * width * classes > MAX_PIXELS) {
    throw new InputError(
      `--size ${flags.size} with --classes ${classes} makes ${(height * width * classes).toLocaleString("en-US")} ` +
        `pixels a map; at most ${MAX_PIXELS.toLocaleString("en-US")} are allowed. Make the size or the classes smaller.`,
    );
  }
  const count = flags.heatmaps === undefined ? undefined : wholeNumber("heatmaps", flags.heatmaps, 0, 10_000);
  return { count, height, width, classes, objects: objects(flags.objects, height * width) };
}

/** Reads the arguments and flags of `audit sweep`, and refuses what makes no sense. Names of losses are not looked up. */
export function sweepOptions(losses: string[], flags: SweepFlags): SweepOptions {
  if (flags["label-map"] !== undefined && flags.logits === undefined) {
    throw new InputError(
      "--label-map gives the labels of real logits, but there is no --logits. Add --logits FILE.npy, " +
        "or give the labels of a range with --labels.",
    );
  }
  if (flags.heatmaps !== undefined && flags.logits !== undefined) {
    throw new InputError("--heatmaps draws maps and --logits reads them from a file: give one of the two.");
  }
  return {
    losses,
    implementations:
      flags.implementation === undefined
        ? []
        : list("implementation", flags.implementation, "names separated by commas, such as naive,stable"),
    targets: targets(flags.target),
    range: range("range", flags.range, "-120,120"),
    points: flags.points === undefined ? undefined : wholeNumber("points", flags.points, 2, MAX_POINTS),
    labels: labels(flags.labels),
    special:
      flags.special === undefined
        ? []
        : list("special", flags.special, "names separated by commas, such as zero,infinity").map((name) =>
            choice("special", name, ["zero", "infinity", "subnormal"]),
          ),
    logits: flags.logits,
    labelMap: flags["label-map"],
    heatmaps: heatmaps(flags),
    seed: wholeNumber("seed", flags.seed, 0, 2 ** 32 - 1),
    from: choice("from", flags.from, ["logits", "probabilities"]),
    ...tolerance(flags),
    failOn: choice("fail-on", flags["fail-on"], ["error", "warning", "note", "never"]),
    timeout: timeout(flags.timeout),
  };
}
