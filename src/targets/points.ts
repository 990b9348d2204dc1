import {
  type BatchResult,
  type Computed,
  GRADIENT_THREW,
  type Points,
  type RunningLoss,
  VALUE_THREW,
} from "./target.js";

/** Pieces of a batch of at most this many points are searched point by point for those that throw. */
const SEARCHED = 512;

/**
 * Evaluates points in one batch, or each by itself. A batch that throws is
 * searched for the points that do. Gives what was thrown last, if anything was.
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
  const size = shape.reduce((a, b) => a * b, 1);
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
      thrown = error instanceof Error ? error.message : String(error);
      if (to - from > SEARCHED) {
        const middle = (from + to) >> 1;
        await piece(from, middle);
        await piece(middle, to);
      } else if (to - from > 1) {
        for (let i = from; i < to; i++) await piece(i, i + 1);
      } else {
        out.threw[from] = VALUE_THREW | GRADIENT_THREW;
        out.value[from] = Number.NaN;
        out.gradient.fill(Number.NaN, from * size, to * size);
      }
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

  if (batched) await piece(0, n);
  else for (let i = 0; i < n; i++) await piece(i, i + 1);
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
