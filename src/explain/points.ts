import { layouts } from "../audit/layout.js";
import type { AuditedLoss } from "../audit/subject.js";
import { heatmaps } from "../inputs/heatmaps.js";
import { InputError } from "../inputs/input-error.js";
import { asMap, matchLabels } from "../inputs/logit-map.js";
import { readNpy } from "../inputs/npy.js";
import { unravel } from "../inputs/row-major.js";
import { sizeOf, stridesOf } from "../kernels/shape.js";
import type { PointShape } from "../losses/loss.js";
import type { PointInput } from "./computed-point.js";
import type { PointSource } from "./options.js";

/** Logits with their labels, from a file or drawn. */
interface LabelledMap {
  name: string;
  shape: readonly number[];
  logits: Float32Array;
  labels: Float32Array;
}

/** A batch that was asked for. In a map no logit is chosen yet, unless the user chose one. */
export interface Batch extends Pick<PointInput, "logits" | "labels" | "map" | "isWhole"> {
  /** Its shape for a function that takes one point in the shape `own`. */
  shape(own: readonly number[]): readonly number[];
  /** Logits of one point. */
  size: number;
  at?: number;
  /** Of the map, as its index counts them. */
  axes?: readonly number[];
}

type Asked = Pick<AuditedLoss, "name" | "point" | "subjects">;

/** The batches that a source of points stands for. */
export async function batchesOf(loss: Asked, source: PointSource): Promise<Batch[]> {
  if (source.kind === "at") return typedPoints(loss, source);
  if (source.kind === "case") return [foundBatch(loss.point, source)];
  const maps = source.kind === "file" ? await readMaps(source) : [drawnMap(source)];
  return maps.map((map) => batchOf(loss.point, map, source.index));
}

function typedPoints(
  { name, point, subjects }: Asked,
  { logits, labels, classes, beside }: Extract<PointSource, { kind: "at" }>,
): Batch[] {
  if (beside && point !== "map") {
    throw new InputError(
      `beside adds a pixel to a map, but ${name} takes ${point === "row" ? "rows" : "single logits"}.`,
    );
  }
  const ofRow = (own: readonly number[]) =>
    point === "row" && classes !== undefined ? [...own.slice(0, -1), classes] : own;
  const [alone, two] = layouts(point, ofRow(subjects[0]?.shape ?? [1]));
  return logits.flatMap((x) =>
    labels.map((z) =>
      beside
        ? {
            shape: two.shape,
            size: 2,
            logits: Float32Array.of(x, beside.logit),
            labels: Float32Array.of(z, beside.label),
            at: 0,
          }
        : {
            shape: (own) => alone.shape(ofRow(own)),
            size: alone.size,
            logits: alone.logits(Float32Array.of(x)),
            labels: alone.labels(z, 1),
            at: 0,
          },
    ),
  );
}

function foundBatch(point: PointShape, { name, batch, at }: Extract<PointSource, { kind: "case" }>): Batch {
  const { shape, logits, labels } = batch;
  const place = logits.length > 1 && { map: name, axes: shape };
  const size = point === "map" ? logits.length : point === "row" ? shape[shape.length - 1] : 1;
  return { shape: () => shape, size, logits, labels, at, ...place };
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

/** A whole map as a sweep gives it to a function: many points in the leading axis, or one map. */
function batchOf(point: PointShape, map: LabelledMap, index: number[] | undefined): Batch {
  const size = point === "row" ? map.shape[map.shape.length - 1] : 1;
  return {
    shape: (own) =>
      point === "map" ? asMap(map.shape) : shapeOfPoints(point, own, sizeOf(map.shape) / size, size),
    size,
    logits: map.logits,
    labels: map.labels,
    map: map.name,
    isWhole: point === "map",
    axes: point === "map" ? asMap(map.shape) : map.shape,
    ...(index !== undefined && { at: offsetOf(index, map.shape) }),
  };
}

/** The shape of n points of a function that takes one of them in `own`. */
function shapeOfPoints(point: PointShape, own: readonly number[], n: number, size: number): number[] {
  return point === "row" ? [n, ...own.slice(1, -1), size] : [n, ...own.slice(1)];
}

/** Where a pixel lies; its index has the axes of the file, or all four of a map. */
function offsetOf(index: readonly number[], shape: readonly number[]): number {
  const axes = index.length === shape.length || shape.length < 2 || shape.length > 4 ? shape : asMap(shape);
  const isInside = index.length === axes.length && index.every((i, axis) => i < axes[axis]);
  if (!isInside) {
    throw new InputError(
      `index ${index.join(",")} is not in the map of shape [${axes.join(", ")}]: ` +
        `give ${axes.length} whole numbers from 0 up to [${axes.map((n) => n - 1).join(", ")}].`,
    );
  }
  const strides = stridesOf(axes);
  return index.reduce((sum, i, axis) => sum + i * strides[axis], 0);
}

/** One logit of a batch: alone, with its row, or in its map, as the loss takes it. */
export function pixelOf(
  point: PointShape,
  batch: Batch,
  at: number,
): Omit<PointInput, "shape"> & Pick<Batch, "shape"> {
  const { shape, size, logits, labels, map, axes, isWhole } = batch;
  const place = { ...(map !== undefined && { map }), ...(axes && { index: unravel(at, axes, false) }) };
  if (point === "map") return { shape, logits, labels, at, ...place, isWhole };
  const first = at - (at % size);
  return {
    shape: (own) => shapeOfPoints(point, own, 1, size),
    logits: logits.slice(first, first + size),
    labels: labels.slice(first, first + size),
    at: at % size,
    ...place,
  };
}
