import { layouts } from "../audit/layout.js";
import type { AuditedLoss } from "../audit/subject.js";
import { heatmaps } from "../inputs/heatmaps.js";
import { InputError } from "../inputs/input-error.js";
import { asMap, matchLabels } from "../inputs/logit-map.js";
import { readNpy } from "../inputs/npy.js";
import { unravel } from "../inputs/row-major.js";
import { sizeOf, stridesOf } from "../kernels/shape.js";
import type { PointShape } from "../losses/loss.js";
import type { PointInput } from "./explain-point.js";
import type { PointSource } from "./options.js";

/** Logits with their labels, from a file or drawn. */
export interface LabelledMap {
  name: string;
  shape: readonly number[];
  logits: Float32Array;
  labels: Float32Array;
}

/** A batch that was asked for. In a map no logit is chosen yet, unless the user chose one. */
export interface Batch extends Omit<PointInput, "at" | "index"> {
  at?: number;
  /** Of the map, as its index counts them. */
  axes?: readonly number[];
}

/** The batches of one point each, for a function that takes one point in `shape`. */
export async function batchesOf(
  loss: Pick<AuditedLoss, "name" | "point">,
  shape: readonly number[],
  source: PointSource,
): Promise<Batch[]> {
  if (source.kind === "at") return typedPoints(loss, shape, source);
  const maps = source.kind === "file" ? await readMaps(source) : [drawnMap(source)];
  return maps.map((map) => batchOf(loss, shape, map, source.index));
}

function typedPoints(
  { name, point }: Pick<AuditedLoss, "name" | "point">,
  shape: readonly number[],
  { logits, labels, classes, beside }: Extract<PointSource, { kind: "at" }>,
): Batch[] {
  if (beside && point !== "map") {
    throw new InputError(
      `--beside adds a pixel to a map, but ${name} takes ${point === "row" ? "rows" : "single logits"}.`,
    );
  }
  const ofRow = point === "row" && classes !== undefined ? [...shape.slice(0, -1), classes] : shape;
  const [alone, two] = layouts(point, ofRow);
  return logits.flatMap((x) =>
    labels.map((z) =>
      beside
        ? {
            shape: two.shape(shape),
            logits: Float32Array.of(x, beside.logit),
            labels: Float32Array.of(z, beside.label),
            at: 0,
          }
        : {
            shape: alone.shape(ofRow),
            logits: alone.logits(Float32Array.of(x)),
            labels: alone.labels(z, 1),
            at: 0,
          },
    ),
  );
}

async function readMaps(source: Extract<PointSource, { kind: "file" }>): Promise<LabelledMap[]> {
  const { shape, data } = await readNpy(source.logits);
  if (source.labelMap !== undefined) {
    const labels = await readNpy(source.labelMap);
    matchLabels(shape, labels.shape);
    return [{ name: source.logits, shape, logits: data, labels: labels.data }];
  }
  return source.labels.map((z) => ({
    name: source.logits,
    shape,
    logits: data,
    labels: new Float32Array(data.length).fill(z),
  }));
}

function drawnMap({ options, heatmap }: Extract<PointSource, { kind: "heatmap" }>): LabelledMap {
  const map = heatmaps({ ...options, count: heatmap + 1 })[heatmap];
  return { ...map, name: `heat map ${heatmap} (${map.name})` };
}

function batchOf(
  { point }: Pick<AuditedLoss, "point">,
  shape: readonly number[],
  map: LabelledMap,
  index: number[] | undefined,
): Batch {
  const whole = shapeOfMap(point, shape, map.shape);
  const at = index === undefined ? undefined : offsetOf(index, map.shape);
  const axes =
    point === "map" && map.shape.length >= 2 && map.shape.length <= 4 ? asMap(map.shape) : map.shape;
  return {
    shape: whole,
    logits: map.logits,
    labels: map.labels,
    map: map.name,
    axes,
    ...(at !== undefined && { at }),
  };
}

/** The map in as many axes as the function takes. */
function shapeOfMap(point: PointShape, shape: readonly number[], map: readonly number[]): number[] {
  const classes = map[map.length - 1];
  if (point === "element" || shape.length === 1) return [sizeOf(map)];
  if (point === "row" || shape.length === 2) return [sizeOf(map) / classes, classes];
  return shape.length === map.length ? [...map] : asMap(map);
}

/** Where a pixel lies; its index has the axes of the file, or all four of a map. */
function offsetOf(index: readonly number[], shape: readonly number[]): number {
  const axes = index.length === shape.length || shape.length < 2 || shape.length > 4 ? shape : asMap(shape);
  const isInside = index.length === axes.length && index.every((i, axis) => i < axes[axis]);
  if (!isInside) {
    throw new InputError(
      `--index ${index.join(",")} is not in the map of shape [${axes.join(", ")}]: ` +
        `give ${axes.length} whole numbers from 0 up to [${axes.map((n) => n - 1).join(", ")}].`,
    );
  }
  const strides = stridesOf(axes);
  return index.reduce((sum, i, axis) => sum + i * strides[axis], 0);
}

/** One logit of a batch: alone, with its row, or in its map, as the loss takes it. */
export function pixelOf(point: PointShape, batch: Batch, at: number): PointInput {
  const { shape, logits, labels, map, axes } = batch;
  const place = { ...(map !== undefined && { map }), ...(axes && { index: unravel(at, axes, false) }) };
  const size = point === "row" ? shape[shape.length - 1] : 1;
  if (point === "map" || logits.length === size) return { shape, logits, labels, at, ...place };
  const first = at - (at % size);
  return {
    shape: point === "row" ? [1, size] : [1],
    logits: logits.slice(first, first + size),
    labels: labels.slice(first, first + size),
    at: at % size,
    ...place,
  };
}
