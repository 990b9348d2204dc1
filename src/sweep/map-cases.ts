import { basename } from "node:path";
import type { AuditedLoss } from "../audit/subject.js";
import { formatFloat32 } from "../inputs/float32.js";
import { heatmaps } from "../inputs/heatmaps.js";
import { InputError } from "../inputs/input-error.js";
import { asMap, matchLabels } from "../inputs/logit-map.js";
import { readNpy } from "../inputs/npy.js";
import type { Label } from "../judge/finding.js";
import type { SweepOptions } from "./options.js";
import { shellWord } from "./replay.js";

/** A whole map of logits with its labels. */
export interface MapCase {
  /** What reports call its labels: a number for the whole map, or a name. */
  label: Label;
  shape: readonly number[];
  logits: Float32Array;
  labels: Float32Array;
  /** The flags with which `audit explain` makes the same map. */
  flags: string[];
}

/** Maps of a loss over maps, unless a number is asked for: one of each distribution that a network gives. */
const DEFAULT_MAPS = 4;

/** The maps of a sweep: the user's, or synthetic ones. */
export async function mapCases(loss: AuditedLoss, options: SweepOptions): Promise<MapCase[]> {
  if (options.logits !== undefined) return realMaps(loss, options, options.logits);
  const {
    count = loss.point === "map" ? DEFAULT_MAPS : 0,
    height,
    width,
    classes,
    objects,
  } = options.heatmaps;
  if (count === 0) return [];
  const flags = (i: number) => [
    `--heatmap=${i}`,
    `--size=${height}x${width}`,
    `--classes=${classes}`,
    `--objects=${objects.join(",")}`,
    `--seed=${options.seed}`,
  ];
  return heatmaps({ count, height, width, classes, objects, seed: options.seed }).map((map, i) => ({
    label: map.name.replace(/-\d+$/, ""),
    shape: map.shape,
    logits: map.logits,
    labels: map.labels,
    flags: flags(i),
  }));
}

async function realMaps(loss: AuditedLoss, options: SweepOptions, path: string): Promise<MapCase[]> {
  const { shape, data: logits } = await readNpy(path);
  const mapped = loss.point === "map" ? asMap(shape) : shape;
  if (loss.point === "row" && shape.length < 2) {
    throw new InputError(
      `${path} has the shape [${shape.join(", ")}], but ${loss.name} takes rows of classes: give an array whose last axis is the class.`,
    );
  }
  const flag = `--logits=${shellWord(path)}`;
  if (options.labelMap !== undefined) {
    const { shape: labelShape, data: labels } = await readNpy(options.labelMap);
    matchLabels(shape, labelShape);
    const flags = [flag, `--label-map=${shellWord(options.labelMap)}`];
    return [{ label: basename(options.labelMap), shape: mapped, logits, labels, flags }];
  }
  return options.labels.map((label) => ({
    label,
    shape: mapped,
    logits,
    labels: new Float32Array(logits.length).fill(label),
    flags: [flag, `--label=${formatFloat32(label)}`],
  }));
}
