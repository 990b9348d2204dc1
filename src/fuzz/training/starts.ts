import type { AuditedLoss } from "../../audit/subject.js";
import { heatmaps } from "../../inputs/heatmaps.js";
import { rowLabels } from "../../inputs/labels.js";
import { Random } from "../../inputs/random.js";
import { sizeOf } from "../../kernels/shape.js";
import type { Case } from "../case.js";
import type { TrainingContext } from "./context.js";

/** How far logits spread: at initialisation, trained, over-confident, mis-scaled. */
const SPREADS = [0.5, 3, 20, 100];
/** Right answers and mistakes of more and more confidence: where p or 1-p rounds to 1, and where exp overflows. */
const CONFIDENCES = [3, 20, 100];
/** Certain, smoothed and undecided; those outside the range of the labels are replaced by its ends. */
const LABELS = [0, 1, 0.1, 0.9, 0.5];

/**
 * Where training starts: logits as networks give them, at random, and on top of them the answers that are surely
 * right or wrong by 3, 20 and 100, with every label. Of losses over maps whole heat maps of 3 by 3 pixels, each
 * distribution of logits once with objects and once without, and then with one pixel that is a confident mistake.
 * The same for the same seed.
 */
export function startsOf({
  loss,
  seed,
  range,
  labelRange,
}: Pick<TrainingContext, "loss" | "seed" | "range" | "labelRange">): Case[] {
  const starts =
    loss.point === "map" ? mapStarts(loss, seed, labelRange) : pointStarts(loss, seed, labelRange);
  return starts.map((start) => ({ ...start, logits: start.logits.map(clampTo(range)) }));
}

type Range = readonly [low: number, high: number];

function pointStarts(loss: AuditedLoss, seed: number, labelRange: Range): Case[] {
  const { shape } = loss.subjects[0];
  const size = sizeOf(shape);
  const random = new Random(seed, 1);
  const isLabelled = loss.subjects.some(({ usesLabels }) => usesLabels);
  const every = [...new Set([...LABELS.map(clampTo(labelRange)), ...labelRange])];
  const labels = isLabelled ? every : every.slice(0, 1);
  return labels.flatMap((z) => {
    const rows = [
      ...SPREADS.map((deviation) => Array.from({ length: size }, () => random.normal(0, deviation))),
      ...CONFIDENCES.flatMap((x) => [x, -x]).map((x) => Array.from({ length: size }, (_, i) => (i ? 0 : x))),
    ];
    return rows.map((row) => ({
      shape,
      logits: Float32Array.from(row),
      labels: loss.point === "row" ? rowLabels(z, size) : new Float32Array(size).fill(z),
    }));
  });
}

const SIDE = 3;
const DISTRIBUTIONS = 4;
/** The logit of the mistaken pixel, of either sign. */
const MISTAKE = 20;

function mapStarts(loss: AuditedLoss, seed: number, labelRange: Range): Case[] {
  const size = { count: DISTRIBUTIONS, height: SIDE, width: SIDE, classes: 1, seed };
  const maps = [
    ...heatmaps({ ...size, objects: [1, 2] }),
    ...heatmaps({ ...size, objects: [0, 0] }).slice(0, 2),
  ].map((map) => ({ ...map, labels: map.labels.map(clampTo(labelRange)) }));
  const mistaken = maps.slice(0, 1).flatMap((map) => {
    const positive = Math.max(map.labels.indexOf(1), 0);
    const negative = map.labels.indexOf(Math.min(...map.labels));
    return [
      { ...map, logits: map.logits.with(negative, MISTAKE) },
      { ...map, logits: map.logits.with(positive, -MISTAKE) },
    ];
  });
  const { shape } = loss.subjects[0];
  return [...mistaken, ...maps].map(({ shape: nhwc, logits, labels }) => ({
    shape: likeAxes(shape, nhwc),
    logits,
    labels,
  }));
}

/** A map in as many axes as the implementation takes: [batch, height, width, class], or the last of them. */
function likeAxes(own: readonly number[], map: readonly number[]): number[] {
  if (own.length >= map.length) return [...map, ...new Array<number>(own.length - map.length).fill(1)];
  const size = sizeOf(map);
  return own.length === 1 ? [size] : [...new Array<number>(own.length - 1).fill(1), size];
}

function clampTo([low, high]: Range) {
  return (x: number) => Math.min(Math.max(x, low), high);
}
