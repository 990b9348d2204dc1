import type { Tensor } from "@tensorflow/tfjs";
import type { Tfjs } from "../targets/tfjs.js";
import type { Op, SpecialRule } from "./op.js";

type BinaryName = {
  [Name in keyof Tfjs]: Tfjs[Name] extends (a: Tensor, b: Tensor) => Tensor ? Name : never;
}[keyof Tfjs] &
  string;

/** Of both signs, some exact in few bits and some not, one beyond the exponents of the square root of float32's range. */
const CONSTANTS = [1, -3, 0.1, 1e20];
const BASES = [2, 10, 0.5, -2, 0];
const EXPONENTS = [2, 3, 0.5, -1, 0.1, 10];

/** An op of two tensors, as a function of each of them with the other one fixed. */
function binary(
  name: BinaryName,
  value: (a: number, b: number) => number,
  { by = "IEEE 754", first = CONSTANTS, second = CONSTANTS }: Partial<Constants> = {},
): Op[] {
  const op = (tf: Tfjs) => tf[name] as (a: Tensor, b: Tensor) => Tensor;
  return [
    {
      name,
      form: `${name}(x, c)`,
      f: op,
      constants: second,
      special: { by, value: ([x], c) => value(x, c) },
    },
    {
      name,
      form: `${name}(c, x)`,
      f: (tf) => (x, c) => op(tf)(c, x),
      constants: first,
      isSwapped: true,
      special: { by, value: ([x], c) => value(c, x) },
    },
  ];
}

interface Constants {
  by: SpecialRule["by"];
  /** What the first argument is while the second one is x. */
  first: readonly number[];
  second: readonly number[];
}

/** ECMAScript has NaN for 1^NaN and (±1)^±Infinity, where IEEE 754 has 1. */
function pow(a: number, b: number): number {
  if (a === 1 || b === 0 || (a === -1 && Math.abs(b) === Infinity)) return 1;
  return a ** b;
}

/** a - b floor(a/b), of the sign of b; a itself, or b where the signs differ, for b = ±Infinity. */
function mod(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

/** The elementwise ops of two tensors that tfjs has a gradient for. */
export const binaryOps: readonly Op[] = [
  ...binary("add", (a, b) => a + b),
  ...binary("atan2", Math.atan2),
  ...binary("div", (a, b) => a / b),
  ...binary("divNoNan", (a, b) => (b === 0 ? 0 : a / b), { by: "limit" }),
  ...binary("floorDiv", (a, b) => Math.floor(a / b), { by: "limit" }),
  ...binary("maximum", Math.max),
  ...binary("minimum", Math.min),
  ...binary("mod", mod, { by: "limit" }),
  ...binary("mul", (a, b) => a * b),
  ...binary("pow", pow, { first: BASES, second: EXPONENTS }),
  ...binary("prelu", (a, b) => (a < 0 ? b * a : a), { by: "limit" }),
  ...binary("squaredDifference", (a, b) => (a - b) ** 2),
  ...binary("sub", (a, b) => a - b),
];
