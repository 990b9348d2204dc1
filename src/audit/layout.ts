import { formatFloat32 } from "../inputs/float32.js";
import { rowLabels, rowLogits } from "../inputs/labels.js";
import type { Label } from "../judge/finding.js";
import { sizeOf } from "../kernels/shape.js";
import type { PointShape } from "../losses/loss.js";

/** How a swept logit x and a label z become one point: a tensor of logits and one of labels. */
export interface Layout {
  /** The shape of such a point for an implementation that takes points of the shape `own`. */
  shape(own: readonly number[]): readonly number[];
  /** Numbers in a point. The swept logit is the first. */
  size: number;
  /** n points, one after the other. */
  logits(xs: Float32Array): Float32Array;
  /** The labels of n points. */
  labels(z: number, n: number): Float32Array;
  /** What to add to a label in reports: " beside a positive". */
  suffix: string;
  /** What to add to a replay command: ` --beside 16:1`. */
  flag: string;
}

/**
 * The logit of the second pixel of a map. A pixel that is surely right, so that
 * its own loss is about 1e-21, and yet below the 16.6 from which a sigmoid may
 * round to 1.
 */
const BESIDE = 16;

/**
 * The layouts in which points of a loss are swept. A loss over maps is swept
 * one pixel at a time, alone and, since such losses count the positives to
 * divide by their number, beside a pixel that is a positive.
 */
export function layouts(point: PointShape, shape: readonly number[]): Layout[] {
  const size = sizeOf(shape);
  if (point === "row") {
    return [
      {
        shape: (own) => own,
        size,
        logits: (xs) => rowLogits(xs, size),
        labels: (z, n) => repeat(rowLabels(z, size), n),
        suffix: "",
        flag: size === 2 ? "" : ` --classes ${size}`,
      },
    ];
  }
  const alone: Layout = {
    shape: (own) => own,
    size,
    logits: (xs) => xs,
    labels: (z, n) => new Float32Array(n).fill(z),
    suffix: "",
    flag: "",
  };
  if (point === "element") return [alone];
  const beside: Layout = {
    shape: besideShape,
    size: 2,
    logits: (xs) => Float32Array.from({ length: 2 * xs.length }, (_, i) => (i % 2 ? BESIDE : xs[i >> 1])),
    labels: (z, n) => repeat(Float32Array.of(z, 1), n),
    suffix: " beside a positive",
    flag: ` --beside ${BESIDE}:1`,
  };
  return [alone, beside];
}

/** What reports call the label of points in this layout. */
export function labelIn({ suffix }: Layout, z: number): Label {
  return suffix ? `${formatFloat32(z)}${suffix}` : z;
}

/** Two pixels side by side: in the width of a [batch, height, width, class] map, else in the last axis. */
function besideShape(shape: readonly number[]): number[] {
  const axis = shape.length >= 3 ? shape.length - 2 : shape.length - 1;
  return shape.map((n, i) => (i === axis ? 2 : n));
}

function repeat(point: Float32Array, n: number): Float32Array {
  return Float32Array.from({ length: n * point.length }, (_, i) => point[i % point.length]);
}
