import { fromOrdinal, ordinal, toFloat } from "../inputs/float32.js";
import { opsNamed } from "../ops/catalogue.js";
import { computeOp } from "../ops/compute.js";
import { pairs } from "../ops/inputs.js";
import type { Target } from "../targets/target.js";
import type { Tfjs } from "../targets/tfjs.js";
import type { TargetFacts } from "./report.js";

/** The values of an op at points (x, c); throws what tfjs throws. */
type Values = (op: string, points: readonly (readonly [x: number, c: number])[]) => Promise<Float32Array>;

/** Measures what a target does at the ends of float32. */
export async function measureFacts(tf: Tfjs, target: Target): Promise<TargetFacts> {
  const values: Values = async (name, points) => {
    const [op] = opsNamed([name]);
    const { value } = await computeOp(tf, target, op, pairs(op, points));
    if (typeof value === "string") throw new Error(`${name} does not run: ${value}`);
    return value;
  };
  const survives = async (name: string): Promise<boolean> => {
    const results = await values(name, [
      [Number.NaN, 0],
      [0, Number.NaN],
    ]);
    // Only ops of two tensors have their second one from the second point.
    return (
      Number.isNaN(results[0]) && (opsNamed([name])[0].constants === undefined || Number.isNaN(results[1]))
    );
  };
  return {
    sigmoid: await sigmoidSaturation(values),
    smallestResult: toFloat(await smallestResult(values)),
    logOfZero: toFloat((await values("log", [[0, 0]]))[0]),
    nanSurvives: {
      maximum: await survives("maximum"),
      relu: await survives("relu"),
      clipByValue: await survives("clipByValue"),
    },
  };
}

/** Factors are normal numbers, so that only the result can be flushed. */
async function smallestResult(values: Values): Promise<number> {
  const products = await values(
    "mul",
    Array.from({ length: 50 }, (_, k): [number, number] => [2 ** -100, 2 ** -k]),
  );
  return Math.min(...products.filter((product) => product > 0));
}

/** Sigmoid is 1 nowhere below this, and everywhere above, on any target that computes it to an ulp or two. */
const WINDOW = [8, 32] as const;
const COARSE = 4096;

/**
 * Where sigmoid becomes 1: by evenly spaced floats first, and then by every float
 * around the first 1 and the last number below it, since it need not be monotone.
 */
async function sigmoidSaturation(values: Values): Promise<TargetFacts["sigmoid"]> {
  const [low, high] = WINDOW.map(ordinal);
  const isOne = async (from: number, to: number, step: number): Promise<Map<number, boolean>> => {
    const ordinals = Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
    const results = await values(
      "sigmoid",
      ordinals.map((n): [number, number] => [fromOrdinal(n), 0]),
    );
    return new Map(ordinals.map((n, i) => [n, results[i] >= 1]));
  };
  const firstOne = (of: Map<number, boolean>) => [...of].find(([, one]) => one)?.[0];
  const lastBelow = (of: Map<number, boolean>) => [...of].findLast(([, one]) => !one)?.[0];

  const step = (high - low) / COARSE;
  const coarse = await isOne(low, high, step);
  const [one, below] = [firstOne(coarse), lastBelow(coarse)];
  if (one === undefined || below === undefined) return { firstOne: null, oneFrom: null };
  // A mixed region begins some floats before a coarse point meets it.
  const first = firstOne(await isOne(Math.max(low, one - 4 * step), one, 1));
  const last = lastBelow(await isOne(below, Math.min(high, below + 4 * step), 1));
  return {
    firstOne: toFloat(fromOrdinal(first ?? one)),
    oneFrom: below === high ? null : toFloat(fromOrdinal((last ?? below) + 1)),
  };
}
