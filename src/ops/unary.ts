import type { Tensor } from "@tensorflow/tfjs";
import type { Tfjs } from "../targets/tfjs.js";
import type { Op, SpecialRule } from "./op.js";

type UnaryName = {
  [Name in keyof Tfjs]: Tfjs[Name] extends (x: Tensor) => Tensor ? Name : never;
}[keyof Tfjs] &
  string;

function unary(by: SpecialRule["by"], rules: Partial<Record<UnaryName, (x: number) => number>>): Op[] {
  return Object.entries(rules).map(([name, value]) => ({
    name,
    form: `${name}(x)`,
    f: (tf) => tf[name as UnaryName] as (x: Tensor) => Tensor,
    special: { by, value: ([x]) => value(x) },
  }));
}

const softplus = (x: number): number => Math.log1p(Math.exp(x));

/** With a parameter that tfjs takes as a number. */
const parametrized: Op[] = [
  {
    name: "clipByValue",
    form: "clipByValue(x, -1, 1)",
    f: (tf) => (x) => tf.clipByValue(x, -1, 1),
    special: { by: "IEEE 754", value: ([x]) => Math.min(Math.max(x, -1), 1) },
  },
  {
    name: "leakyRelu",
    form: "leakyRelu(x, 0.2)",
    f: (tf) => (x) => tf.leakyRelu(x, 0.2),
    special: { by: "limit", value: ([x]) => (x < 0 ? 0.2 * x : x) },
  },
  {
    name: "step",
    form: "step(x, 0.1)",
    f: (tf) => (x) => tf.step(x, 0.1),
    special: { by: "limit", value: ([x]) => (x > 0 ? 1 : x <= 0 ? 0.1 : Number.NaN) },
  },
];

/** The elementwise ops of one tensor that tfjs has a gradient for. */
export const unaryOps: readonly Op[] = [
  ...unary("IEEE 754", {
    abs: Math.abs,
    acos: Math.acos,
    acosh: Math.acosh,
    asin: Math.asin,
    asinh: Math.asinh,
    atan: Math.atan,
    atanh: Math.atanh,
    ceil: Math.ceil,
    cos: Math.cos,
    cosh: Math.cosh,
    erf: (x) => (x === 0 ? x : Math.sign(x)),
    exp: Math.exp,
    expm1: Math.expm1,
    floor: Math.floor,
    log: Math.log,
    log1p: Math.log1p,
    neg: (x) => -x,
    reciprocal: (x) => 1 / x,
    round: Math.round,
    rsqrt: (x) => 1 / Math.sqrt(x),
    sin: Math.sin,
    sinh: Math.sinh,
    sqrt: Math.sqrt,
    square: (x) => x * x,
    tan: Math.tan,
    tanh: Math.tanh,
  }),
  ...unary("limit", {
    elu: (x) => (x < 0 ? Math.expm1(x) : x),
    logSigmoid: (x) => -softplus(-x),
    relu: (x) => Math.max(x, 0),
    relu6: (x) => Math.min(Math.max(x, 0), 6),
    selu: (x) => (x < 0 ? 1.7580993408473766 * Math.expm1(x) : 1.0507009873554805 * x),
    sigmoid: (x) => 1 / (1 + Math.exp(-x)),
    sign: Math.sign,
    softplus,
  }),
  ...parametrized,
];
