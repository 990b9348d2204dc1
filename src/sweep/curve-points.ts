import { fromOrdinal, ordinal } from "../inputs/float32.js";

/** Points evenly spaced from end to end, and as many floats evenly spaced in ordinals. */
const EVEN = 101;
/** Most ordinals lie near 0: so many more are spread over the others, on either side of it. */
const OUTER = 61;
const NEAR_0 = 2 ** -6;

/** The logits that a curve is drawn through, ascending; `ends` are those of regions, which their neighbours join. */
export function curvePoints(
  [low, high]: readonly [low: number, high: number],
  ends: readonly number[],
): Float32Array {
  const ordinals = new Set([low <= 0 && 0 <= high ? 0 : ordinal(low)]);
  for (let k = 0; k < EVEN; k++) ordinals.add(ordinal(low + ((high - low) * k) / (EVEN - 1)));
  spread(ordinals, low, high, EVEN);
  spread(ordinals, low, Math.min(high, -NEAR_0), OUTER);
  spread(ordinals, Math.max(low, NEAR_0), high, OUTER);
  for (const end of ends) for (const step of [-1, 0, 1]) ordinals.add(ordinal(end) + step);
  const [first, last] = [ordinal(low), ordinal(high)];
  const inside = [...ordinals].filter((n) => first <= n && n <= last);
  return Float32Array.from(inside.sort((a, b) => a - b).map(fromOrdinal));
}

/** So many floats from low to high, evenly spaced in ordinals; none where they are reversed. */
function spread(ordinals: Set<number>, low: number, high: number, points: number): void {
  const [first, last] = [ordinal(low), ordinal(high)];
  if (first > last) return;
  for (let k = 0; k < points; k++) ordinals.add(first + Math.floor(((last - first) * k) / (points - 1)));
}
