import type { Enclosure } from "../arithmetic/enclosure.js";
import { LARGEST, toFloat } from "../inputs/float32.js";
import type { ExactFunction } from "../oracle/exact-function.js";
import type { Precisions } from "../oracle/oracle.js";
import type { OpOutputs } from "./compute.js";
import type { OpInputs } from "./inputs.js";
import { pairs } from "./inputs.js";
import type { Op } from "./op.js";
import type { SpecialPoint } from "./report.js";
import { pointOf } from "./tally.js";

const SPECIAL = [0, -0, Infinity, -Infinity, Number.NaN];
const BESIDE = [...SPECIAL, 1, -1];

/** A finite result is not special: it may be off by as much as the points show. */
const TOLERANCE = 1e-5;

/** Every special x; of an op with constants every pair of special numbers. */
export function specialInputs(op: Op): OpInputs {
  const points = op.constants
    ? BESIDE.flatMap((x) => BESIDE.map((c): [number, number] => [x, c]))
    : SPECIAL.map((x): [number, number] => [x, 0]);
  return pairs(op, points);
}

/** The values that differ from what the rule of the op says: NaN, an infinity, a zero or its sign. */
export function specialValues(op: Op, inputs: OpInputs, computed: OpOutputs["value"]): SpecialPoint[] {
  if (typeof computed === "string") return [];
  const { n, size, x, c } = inputs;
  const found: SpecialPoint[] = [];
  for (let i = 0; i < n; i++) {
    const row = Array.from(x.subarray(i * size, (i + 1) * size));
    const constant = c[i * size];
    const expected = op.special.value(row, constant);
    const hasNaN = row.some(Number.isNaN) || Number.isNaN(constant);
    const isStandard = op.special.by === "IEEE 754";
    if (isAsExpected(computed[i], expected, isStandard)) continue;
    if (hasNaN && Number.isNaN(computed[i]) && !isStandard) continue; // never wrong where no standard says otherwise
    found.push({
      ...pointOf(op, inputs, i),
      computed: toFloat(computed[i]),
      expected: toFloat(expected),
      by: hasNaN ? "IEEE 754" : op.special.by,
    });
  }
  return found;
}

function isAsExpected(computed: number, expected: number, signedZeros: boolean): boolean {
  if (expected === 0) return signedZeros ? Object.is(computed, expected) : computed === 0;
  return Object.is(computed, expected) || isClose(computed, expected);
}

function isClose(computed: number, expected: number): boolean {
  return Math.abs(expected) < Infinity && Math.abs(computed - expected) <= TOLERANCE * Math.abs(expected);
}

/** The gradients at ±Infinity that are not the limit of the derivative, where it has one. */
export function specialGradients(
  op: Op,
  inputs: OpInputs,
  computed: OpOutputs["gradient"],
  exact: ExactFunction,
  precisions: Precisions,
): SpecialPoint[] {
  if (typeof computed === "string") return [];
  const { n, size, x, c } = inputs;
  const found: SpecialPoint[] = [];
  for (let i = 0; i < n; i++) {
    const elements = [i * size, (i + 1) * size] as const;
    const row = x.slice(...elements);
    const constants = c.slice(...elements);
    const isInfinite = !row.some(Number.isNaN) && row.some((v) => Math.abs(v) === Infinity);
    if (!isInfinite || !constants.every(Number.isFinite)) continue;
    if (Number.isNaN(op.special.value(Array.from(row), constants[0]))) continue;
    const { gradient } = exact.exact(precisions.at(256), row, constants);
    for (const [k, enclosure] of gradient.entries()) {
      const limit = limitOf(enclosure);
      const number = computed[i * size + k];
      if (limit === undefined || isClose(number, limit)) continue;
      if (enclosure.lo <= number && number <= enclosure.hi) continue;
      found.push({
        ...pointOf(op, inputs, i),
        ...(op.row && { component: k }),
        computed: toFloat(number),
        expected: toFloat(limit),
        by: "limit",
      });
    }
  }
  return found;
}

/** What the derivative tends to, given all that it is beyond the largest float32; undefined where that is no one number. */
function limitOf({ lo, hi, defined }: Enclosure): number | undefined {
  if (defined !== "yes") return undefined;
  if (lo >= LARGEST) return Infinity;
  if (hi <= -LARGEST) return -Infinity;
  const width = hi - lo;
  if (!(width < Infinity && width <= TOLERANCE * Math.max(1, Math.abs(lo)))) return undefined;
  return lo <= 0 && hi >= 0 ? 0 : Math.fround(lo / 2 + hi / 2);
}
