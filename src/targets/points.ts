import { sizeOf } from "../kernels/shape.js";
import { messageOf } from "../message-of.js";
import {
  type BatchResult,
  type Computed,
  GRADIENT_THREW,
  type Points,
  type RunningLoss,
  VALUE_THREW,
} from "./target.js";

/** Calls of single points that are made before the results of the first are waited for: a device works ahead. */
const AHEAD = 16;

/**
 * Evaluates points in one batch, or each by itself. A batch that throws is
 * taken apart, for it may be too large. A function that takes batches reads no
 * values, so where one point alone throws, all do. Gives what was thrown last, if
 * anything was.
 *
 * Where a batch that is no multiple of `lanes` has its last points computed in
 * another way than the others, it is filled up with the last one.
 */
export async function evaluatePoints(
  batch: RunningLoss["batch"],
  { shape, batched, n, logits, labels }: Points,
  out: Computed,
  lanes = 1,
): Promise<string | undefined> {
  const size = sizeOf(shape);
  let thrown: string | undefined;
  out.threw.fill(0, 0, n);

  const piece = async (from: number, to: number): Promise<void> => {
    let result: BatchResult;
    try {
      const count = batched ? Math.ceil((to - from) / lanes) * lanes : 1;
      result = await batch(
        [count, ...shape.slice(1)],
        filled(logits.subarray(from * size, to * size), size, count),
        filled(labels.subarray(from * size, to * size), size, count),
      );
      checkCount(result.value.length, count);
    } catch (error) {
      thrown = messageOf(error);
      if (to - from > 1) {
        await piece(from, from + 1);
        if ((out.threw[from] & VALUE_THREW) === 0) {
          const middle = (from + 1 + to) >> 1;
          if (middle > from + 1) await piece(from + 1, middle);
          await piece(middle, to);
          return;
        }
      }
      out.threw.fill(VALUE_THREW | GRADIENT_THREW, from, to);
      out.value.fill(Number.NaN, from, to);
      out.gradient.fill(Number.NaN, from * size, to * size);
      return;
    }
    out.value.set(result.value.subarray(0, to - from), from);
    if (typeof result.gradient !== "string") {
      out.gradient.set(result.gradient.subarray(0, (to - from) * size), from * size);
    } else {
      thrown = result.gradient;
      out.threw.fill(GRADIENT_THREW, from, to);
      out.gradient.fill(Number.NaN, from * size, to * size);
    }
  };

  if (batched) {
    await piece(0, n);
    return thrown;
  }
  for (let from = 0; from < n; from += AHEAD) {
    const points = Array.from({ length: Math.min(AHEAD, n - from) }, (_, i) => from + i);
    await Promise.all(points.map((i) => piece(i, i + 1)));
  }
  return thrown;
}

/** So many points: the last one repeated behind those that there are. */
function filled(points: Float32Array, size: number, count: number): Float32Array {
  if (points.length === count * size) return points;
  const all = new Float32Array(count * size);
  all.set(points);
  const last = points.subarray(points.length - size);
  for (let at = points.length; at < all.length; at += size) all.set(last, at);
  return all;
}

function checkCount(values: number, points: number): void {
  if (values === points) return;
  throw new Error(`${values} numbers came back for ${points} points, where one number for each was expected`);
}
