import type { Tensor } from "@tensorflow/tfjs";
import type { Tfjs } from "../targets/tfjs.js";
import type { Op, SpecialRule } from "./op.js";

const sum = (row: readonly number[]): number => row.reduce((a, b) => a + b);

/** Numbers of one sign and of one size: nothing cancels. */
const alike = { row: (x: number) => [x, x / 2, x / 3, x / 5], text: "[x, x/2, x/3, x/5]" };
const besideOnes = { row: (x: number) => [x, 1, -1], text: "[x, 1, -1]" };
const besideZero = { row: (x: number) => [x, 0], text: "[x, 0]" };
const product = { row: (x: number) => [x, 3, -0.7], text: "[x, 3, -0.7]" };

interface Reduction {
  name: string;
  /** Around the row: `mean(ROW)`. */
  form?: (row: string) => string;
  of: { row: (x: number) => number[]; text: string };
  f: (tf: Tfjs, x: Tensor) => Tensor;
  by?: SpecialRule["by"];
  special: (row: readonly number[]) => number;
}

/** One number of the results of each row. */
const column = (tf: Tfjs, x: Tensor, i: number): Tensor => tf.slice(x, [0, i], [-1, 1]);

/** Of a shifted sum of exponentials: an infinite maximum outweighs all else. */
function logSumExp(row: readonly number[]): number {
  const most = Math.max(...row);
  return Math.abs(most) === Infinity ? most : most + Math.log(sum(row.map((x) => Math.exp(x - most))));
}

/** The first of a softmax. */
function softmax(row: readonly number[]): number {
  return row[0] === Infinity ? 1 : Math.exp(row[0] - logSumExp(row));
}

function variance(row: readonly number[]): number {
  const mean = sum(row) / row.length;
  return sum(row.map((x) => (x - mean) ** 2)) / row.length;
}

const reductions: Reduction[] = [
  { name: "sum", of: alike, f: (tf, x) => tf.sum(x, 1), special: sum },
  { name: "mean", of: alike, f: (tf, x) => tf.mean(x, 1), special: (row) => sum(row) / row.length },
  {
    name: "prod",
    of: product,
    f: (tf, x) => tf.prod(x, 1),
    by: "IEEE 754",
    special: (row) => row.reduce((a, b) => a * b),
  },
  {
    name: "max",
    of: besideOnes,
    f: (tf, x) => tf.max(x, 1),
    by: "IEEE 754",
    special: (row) => Math.max(...row),
  },
  {
    name: "min",
    of: besideOnes,
    f: (tf, x) => tf.min(x, 1),
    by: "IEEE 754",
    special: (row) => Math.min(...row),
  },
  {
    name: "cumsum",
    form: (row) => `cumsum(${row})[2]`,
    of: alike,
    f: (tf, x) => column(tf, tf.cumsum(x, 1), 2),
    special: (row) => sum(row.slice(0, 3)),
  },
  {
    name: "cumprod",
    form: (row) => `cumprod(${row})[1]`,
    of: product,
    f: (tf, x) => column(tf, tf.cumprod(x, 1), 1),
    special: (row) => row[0] * row[1],
  },
  { name: "logSumExp", of: besideZero, f: (tf, x) => tf.logSumExp(x, 1), special: logSumExp },
  {
    name: "softmax",
    form: (row) => `softmax(${row})[0]`,
    of: besideZero,
    f: (tf, x) => column(tf, tf.softmax(x, 1), 0),
    special: softmax,
  },
  {
    name: "logSoftmax",
    form: (row) => `logSoftmax(${row})[0]`,
    of: besideZero,
    f: (tf, x) => column(tf, tf.logSoftmax(x, 1), 0),
    special: (row) => Math.log(softmax(row)),
  },
  {
    name: "norm",
    of: alike,
    f: (tf, x) => tf.norm(x, "euclidean", 1),
    special: (row) => Math.sqrt(sum(row.map((x) => x * x))),
  },
  {
    name: "moments",
    form: (row) => `moments(${row}).variance`,
    of: alike,
    f: (tf, x) => tf.moments(x, 1).variance,
    special: variance,
  },
];

/** The reductions that tfjs has a gradient for, over small rows that are made from x. */
export const reductionOps: readonly Op[] = reductions.map(
  ({ name, form = (row) => `${name}(${row})`, of, f, by = "limit", special }) => ({
    name,
    form: form(of.text),
    f: (tf) => (x) => f(tf, x),
    row: of.row,
    special: { by, value: (row) => special(row) },
  }),
);
