/**
 * Comparisons, choices and step functions of balls, as generated code.
 *
 * Balls are compared by their rounded distance: the sign of a rounded
 * difference is exact, and rounding is monotone, so a rounded distance above a
 * float64 is a distance above it.
 */
import { type Ball, ball, common, constant, isExact } from "./ball.js";
import { type BallCode, magnitude } from "./ball-code.js";
import { neg } from "./ball-rational.js";

const TRUTH = { single: true, integer: 1, bound: 1 };

export function sign(code: BallCode, a: Ball): Ball {
  if (isExact(a)) return ball(code.let(`Math.sign(${a.mid})`), "0", TRUTH);
  const decided = code.let(`${magnitude(code, a.mid)} > ${a.rad} || (${a.mid} === 0 && ${a.rad} === 0)`);
  const mid = code.let(`${decided} ? Math.sign(${a.mid}) : 0`);
  return ball(mid, code.let(`${decided} ? 0 : 1 + ${nothing(a)}`));
}

/** 0 where the balls state something, NaN where one of them states nothing. */
function nothing(...balls: Ball[]): string {
  const parts = balls.flatMap((a) => (isExact(a) ? [a.mid] : [a.mid, a.rad]));
  return parts.map((part) => `(${part} - ${part})`).join(" + ");
}

export function max(code: BallCode, a: Ball, b: Ball): Ball {
  if (a.known === -Infinity) return b;
  if (b.known === -Infinity) return a;
  return extreme(code, a, b, "max");
}

export function min(code: BallCode, a: Ball, b: Ball): Ball {
  if (a.known === Infinity) return b;
  if (b.known === Infinity) return a;
  return extreme(code, a, b, "min");
}

/**
 * max moves by no more than the larger movement of its arguments, and only by
 * that of the greater one where the balls don't overlap.
 */
function extreme(code: BallCode, a: Ball, b: Ball, f: "max" | "min"): Ball {
  if (a.known !== undefined && b.known !== undefined) return constant(Math[f](a.known, b.known));
  if (a.mid === b.mid && a.rad === b.rad) return a;
  if (a.mid > b.mid) return extreme(code, b, a, f);
  const mid = code.let(`Math.${f}(${a.mid}, ${b.mid})`);
  if (isExact(a) && isExact(b)) return ball(mid, "0", common(a, b));
  const gap = code.let(f === "max" ? `${a.mid} - ${b.mid}` : `${b.mid} - ${a.mid}`);
  const reach = code.radius(a.rad, b.rad);
  const overlapping = isExact(a) || isExact(b) ? reach : `Math.max(${a.rad}, ${b.rad})`;
  const rad = code.let(`${gap} > ${reach} ? ${a.rad} : ${gap} < -${reach} ? ${b.rad} : ${overlapping}`);
  return ball(mid, rad, { bound: 2 * Math.max(a.bound, b.bound), residual: a.residual && b.residual });
}

export function less(code: BallCode, a: Ball, b: Ball): Ball {
  if (a.known !== undefined && b.known !== undefined) return constant(a.known < b.known ? 1 : 0);
  if (isExact(a) && isExact(b)) return ball(code.let(`${a.mid} < ${b.mid} ? 1 : 0`), "0", TRUTH);
  const { gap, reach } = distance(code, a, b);
  const no = `${gap} > ${reach} || (${gap} === 0 && ${reach} === 0)`;
  return undecided(code, `${gap} < -${reach} ? 1 : ${no} ? 0 : 0.5`, a, b);
}

export function equal(code: BallCode, a: Ball, b: Ball): Ball {
  if (a.known !== undefined && b.known !== undefined) return constant(a.known === b.known ? 1 : 0);
  if (isExact(a) && isExact(b)) return ball(code.let(`${a.mid} === ${b.mid} ? 1 : 0`), "0", TRUTH);
  const { gap, reach } = distance(code, a, b);
  const yes = `${gap} === 0 && ${reach} === 0`;
  return undecided(code, `${yes} ? 1 : Math.abs(${gap}) > ${reach} ? 0 : 0.5`, a, b);
}

function distance(code: BallCode, a: Ball, b: Ball): { gap: string; reach: string } {
  return { gap: code.let(`${a.mid} - ${b.mid}`), reach: code.radius(a.rad, b.rad) };
}

/** A truth value: 0.5 ± 0.5 while the balls overlap; nothing when one of them states nothing. */
function undecided(code: BallCode, expression: string, a: Ball, b: Ball): Ball {
  const mid = code.let(expression);
  return ball(mid, code.let(`${mid} === 0.5 ? 0.5 + ${nothing(a, b)} : 0`));
}

export function select(code: BallCode, c: Ball, a: Ball, b: Ball): Ball {
  if (c.known !== undefined) return c.known !== 0 ? a : b;
  if (isExact(c)) {
    const either = (x: string, y: string): string => (x === y ? x : code.let(`${c.mid} !== 0 ? ${x} : ${y}`));
    return ball(either(a.mid, b.mid), either(a.rad, b.rad), common(a, b));
  }
  const yes = code.let(`${magnitude(code, c.mid)} > ${c.rad}`);
  const no = code.let(`${c.mid} === 0 && ${c.rad} === 0`);
  const both = hull(code, a, b);
  const mid = code.let(`${yes} ? ${a.mid} : ${no} ? ${b.mid} : ${both.mid}`);
  return ball(mid, code.let(`${yes} ? ${a.rad} : ${no} ? ${b.rad} : ${both.rad} + ${nothing(c)}`));
}

export function hull(code: BallCode, a: Ball, b: Ball): Ball {
  if (a.mid === b.mid && a.rad === b.rad) return a;
  const mid = code.let(`0.5 * ${a.mid} + 0.5 * ${b.mid}`);
  const [left, right] = [a, b].map((x) => code.radius(`Math.abs(${mid} - ${x.mid})`, x.rad));
  const rad = code.let(`Math.max(${left}, ${right})`);
  return ball(mid, code.let(`${rad} === 0 ? 0 : ${rad} + TINY`));
}

export function floor(code: BallCode, a: Ball): Ball {
  if (isExact(a)) return integral(code, a, `Math.floor(${a.mid})`);
  const k = code.let(`Math.floor(${a.mid})`);
  return stepped(code, a, k, `${a.mid} - ${k} > ${a.rad} && ${k} + 1 - ${a.mid} > ${a.rad}`);
}

export function ceil(code: BallCode, a: Ball): Ball {
  return neg(code, floor(code, neg(code, a)));
}

export function round(code: BallCode, a: Ball): Ball {
  // Beside 2^52 there are no bits for a fraction: it is rounded to nearest, ties to even.
  const shifted = `${a.mid} >= 0 ? ${a.mid} + 2 ** 52 - 2 ** 52 : ${a.mid} - 2 ** 52 + 2 ** 52`;
  const nearest = `${magnitude(code, a.mid)} >= 2 ** 52 ? ${a.mid} : ${shifted}`;
  if (isExact(a)) return integral(code, a, nearest);
  const k = code.let(nearest);
  return stepped(code, a, k, `0.5 - Math.abs(${a.mid} - ${k}) > ${a.rad}`);
}

function integral(code: BallCode, a: Ball, expression: string): Ball {
  if (a.integer < Infinity) return a;
  const bound = a.bound + 1;
  return ball(code.let(expression), "0", { single: a.single, integer: bound, bound });
}

/** A rounding to integers: constant on the ball when `inside`; else it moves by less than r + 1. */
function stepped(code: BallCode, a: Ball, k: string, inside: string): Ball {
  return ball(k, code.let(`${a.rad} === 0 || (${inside}) ? 0 : (${a.rad} + 1) * GROW`));
}
