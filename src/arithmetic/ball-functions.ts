/**
 * Functions of one ball m ± r, as generated code: f(m) by `Math`, with the
 * radius  sup |f(m+d) - f(m)| over |d| <= r,  plus the error of `Math`.
 *
 * V8's `Math` is a port of fdlibm, which states an error below 1 ulp. 4 ulps
 * are granted, 8 for the inverse hyperbolic functions, which fdlibm composes
 * from others. test/arithmetic/ball-math.test.ts holds both against mpmath.
 *
 * Terms of the second order (an error of the factor of an error) are below
 * 2^-44 of the radius and covered by GROW.
 */
import { type Ball, ball, isBounded, isExact } from "./ball.js";
import { type BallCode, magnitude, padded } from "./ball-code.js";
import { unrounded } from "./ball-rational.js";

type BallFunction = (code: BallCode, a: Ball) => Ball;

/** f(m) by `Math`, for an f with f(0) = 0. `spread` is given when the ball has a radius. */
function throughZero(code: BallCode, a: Ball, mid: string, spread: string, ulps = 4): Ball {
  const rad = code.radius(isExact(a) ? "0" : spread, `${ulps} * ULP * ${magnitude(code, mid)}`);
  return ball(mid, a.single ? rad : padded(code, mid, rad, [a]));
}

/** f(m) by `Math`, for an f whose result can't underflow. */
function aboveUnderflow(code: BallCode, a: Ball, mid: string, spread: string, ulps = 4): Ball {
  const terms = isExact(a) ? [] : [spread, "TINY"];
  return ball(mid, code.radius(...terms, `${ulps} * ULP * ${magnitude(code, mid)}`));
}

function odd(f: BallFunction): BallFunction {
  return (code, a) => {
    if (!a.negative) return f(code, a);
    const positive = f(code, a.negative);
    return { ...positive, mid: code.let(`-${positive.mid}`), negative: positive };
  };
}

function even(f: BallFunction): BallFunction {
  return (code, a) => f(code, a.negative ?? a);
}

/** e^r - 1 <= r + r² for r <= 1. */
export const exp: BallFunction = (code, a) => {
  const e = code.let(`Math.exp(${a.mid})`);
  const spread = isExact(a)
    ? "0"
    : code.let(`${a.rad} <= 1 ? ${e} * (${a.rad} + ${a.rad} * ${a.rad}) : Infinity`);
  const rad = code.radius(spread, `4 * ULP * ${e}`, "TINY");
  // exp(0) is 1 exactly: of logits less their maximum, one is 0.
  const isDifference = a.residual && !isExact(a);
  return ball(e, isDifference ? code.let(`${a.mid} === 0 && ${a.rad} === 0 ? 0 : ${rad}`) : rad);
};

/** exp(m)·(e^r - 1), where exp(m) is at most expm1(m) + 1 and the error of that. */
export const expm1: BallFunction = (code, a) => {
  const e = code.let(`Math.expm1(${a.mid})`);
  const growth = `(${a.rad} + ${a.rad} * ${a.rad})`;
  return throughZero(code, a, e, `(${a.rad} <= 1 ? (${e} + (1 + 8 * ULP)) * ${growth} : Infinity)`);
};

/**
 * log(m) - log(m-r) = -log(1 - r/m) <= r/(m-r), the larger of both sides.
 *
 * Of a sum m + t with its rounding error t, log(m) + t/m: log(1 + t/m) differs
 * from t/m by less than (t/m)², and |t/m| is below 1/2. So log(1 + e)
 * keeps the relative accuracy of e.
 */
export const log: BallFunction = (code, a) => {
  if (a.sum) {
    const { tail, rad } = unrounded(code, a);
    const l = code.let(`Math.log(${a.mid})`);
    const shift = code.let(`${tail} / ${a.mid}`);
    const size = magnitude(code, shift);
    const spread = `(${rad} + ${magnitude(code, tail)} <= 0.5 * ${a.mid} ? 2 * ${rad} / ${a.mid} : Infinity)`;
    const rounding = `ULP * (4 * ${magnitude(code, l)} + 2 * ${size})`;
    return ball(code.let(`${l} + ${shift}`), code.radius(spread, `${size} * ${size}`, rounding, "TINY"));
  }
  const spread = `(${a.rad} < ${a.mid} ? ${a.rad} / (${a.mid} - ${a.rad}) : Infinity)`;
  return aboveUnderflow(code, a, code.let(`Math.log(${a.mid})`), spread);
};

/** As log at 1+m. While r is at most half of 1+m, (1+m)-r has a relative error of 3 roundings. */
export const log1p: BallFunction = (code, a) => {
  const shifted = isExact(a) ? "0" : code.let(`1 + ${a.mid}`);
  const spread = `(${a.rad} <= 0.5 * ${shifted} ? ${a.rad} / (${shifted} - ${a.rad}) : Infinity)`;
  return throughZero(code, a, code.let(`Math.log1p(${a.mid})`), spread);
};

/** What sigmoid and softplus of m and of -m share. */
function logistic(code: BallCode, a: Ball): { e: string; m: string; flipped: boolean } {
  const m = (a.negative ?? a).mid;
  const e = code.let(`Math.exp(${code.let(`-${magnitude(code, m)}`)})`);
  return { e, m, flipped: a.negative !== undefined };
}

/**
 * With e = exp(-|m|): 1/(1+e) on the side of m, e/(1+e) on the other. The
 * 4 ulps of e, three roundings: within 8 ulps, relative.
 *
 * The logarithm of s(m) has the derivative s(-m), whose own logarithm has a
 * derivative within ±1. So log s moves by at most t = r·e^r·s(-m), and s by
 * s·(e^t - 1); for r <= 1/2, r·e^r <= r + 2r², t <= 1 and e^t - 1 <= t + t².
 */
export const sigmoid: BallFunction = (code, a) => {
  const { e, m, flipped } = logistic(code, a);
  const near = code.let(`1 / (1 + ${e})`);
  const far = code.let(`${e} * ${near}`);
  const upper = code.let(`${m} >= 0 ? ${near} : ${far}`);
  const lower = code.let(`${m} >= 0 ? ${far} : ${near}`);
  const [s, complement] = flipped ? [lower, upper] : [upper, lower];
  if (isExact(a))
    return ball(s, code.radius(`8 * ULP * ${s}`, "TINY"), { bound: isBounded(a) ? 2 : Infinity });
  const t = code.let(`(${a.rad} + 2 * ${a.rad} * ${a.rad}) * ${complement}`);
  const spread = code.let(`${a.rad} <= 0.5 ? ${s} * (${t} + ${t} * ${t}) : Infinity`);
  return ball(s, code.radius(spread, `8 * ULP * ${s}`, "TINY"));
};

/**
 * max(m,0) + log1p(exp(-|m|)), both terms positive. The 4 ulps of exp pass
 * log1p with a condition number below 1, which adds its own 4, and the sum one
 * rounding: within 16 ulps, relative.
 *
 * The derivative is sigmoid(m) <= min(1, softplus(m)): the spread is at most r,
 * and at most softplus(m)·(e^r - 1).
 */
export const softplus: BallFunction = (code, a) => {
  const { e, m, flipped } = logistic(code, a);
  const tail = code.let(`Math.log1p(${e})`);
  const value = code.let(`Math.max(${flipped ? code.let(`-${m}`) : m}, 0) + ${tail}`);
  const facts = isExact(a) && isBounded(a) ? { bound: 2 * a.bound + 2 } : {};
  const relative = `${value} * (${a.rad} + ${a.rad} * ${a.rad})`;
  const spread = isExact(a) ? "0" : code.let(`${a.rad} <= 1 ? Math.min(${a.rad}, ${relative}) : ${a.rad}`);
  return ball(value, code.radius(spread, `16 * ULP * ${value}`, "TINY"), facts);
};

/** The derivative is within ±1. */
export const sin = odd((code, a) => throughZero(code, a, code.let(`Math.sin(${a.mid})`), a.rad));
/** The derivative is within ±1. No float64 is close enough to a zero for the result to underflow. */
export const cos = even((code, a) => aboveUnderflow(code, a, code.let(`Math.cos(${a.mid})`), a.rad));

/** tan(m+d) - tan(m) = sin(d)/(cos(m)·cos(m+d)), and |cos(m+d)| >= |cos(m)| - r. */
export const tan = odd((code, a) => {
  const c = isExact(a) ? "0" : magnitude(code, code.let(`Math.cos(${a.mid})`));
  const spread = `(${a.rad} <= 0.5 * ${c} ? ${a.rad} / (${c} * (${c} - ${a.rad})) : Infinity)`;
  return throughZero(code, a, code.let(`Math.tan(${a.mid})`), spread);
});

/** With q = |m|+r, the derivative is at most 1/sqrt((1-q)(1+q)) <= 1/sqrt(1-q). */
function arcSpread(code: BallCode, a: Ball): string {
  if (isExact(a)) return "0";
  const rest = code.let(`1 - ${magnitude(code, a.mid)}`);
  return `(${a.rad} <= 0.5 * ${rest} && ${rest} > 0 ? ${a.rad} / Math.sqrt(${rest} - ${a.rad}) : Infinity)`;
}
export const asin = odd((code, a) =>
  throughZero(code, a, code.let(`Math.asin(${a.mid})`), arcSpread(code, a)),
);
export const acos: BallFunction = (code, a) =>
  aboveUnderflow(code, a, code.let(`Math.acos(${a.mid})`), arcSpread(code, a));

/** The derivative is 1/(1+x²), largest at the smallest |x| of the ball. */
export const atan = odd((code, a) => {
  const nearest = isExact(a) ? "0" : code.let(`Math.max(${magnitude(code, a.mid)} - ${a.rad}, 0)`);
  return throughZero(code, a, code.let(`Math.atan(${a.mid})`), `${a.rad} / (1 + ${nearest} * ${nearest})`);
});

/** sinh' and cosh' are at most e^r·cosh(m) on the ball, and r·e^r <= r + 2r² for r <= 1. */
function hyperbolicSpread(code: BallCode, a: Ball): string {
  if (isExact(a)) return "0";
  const growth = `(${a.rad} + 2 * ${a.rad} * ${a.rad})`;
  return `(${a.rad} <= 1 ? ${growth} * ${code.let(`Math.cosh(${a.mid})`)} : Infinity)`;
}
export const sinh = odd((code, a) =>
  throughZero(code, a, code.let(`Math.sinh(${a.mid})`), hyperbolicSpread(code, a)),
);
export const cosh = even((code, a) =>
  aboveUnderflow(code, a, code.let(`Math.cosh(${a.mid})`), hyperbolicSpread(code, a)),
);
/** The derivative is at most 1. */
export const tanh = odd((code, a) => throughZero(code, a, code.let(`Math.tanh(${a.mid})`), a.rad));

/** The derivative is 1/sqrt(1+x²) <= 1/max(1,|x|), largest at the smallest |x| of the ball. */
export const asinh = odd((code, a) => {
  const nearest = `Math.max(${magnitude(code, a.mid)} - ${a.rad}, 1)`;
  return throughZero(code, a, code.let(`Math.asinh(${a.mid})`), `${a.rad} / ${nearest}`, 8);
});

/** The derivative is 1/sqrt((x-1)(x+1)), largest at the smallest x of the ball. */
export const acosh: BallFunction = (code, a) => {
  const rest = isExact(a) ? "0" : code.let(`${a.mid} - 1`);
  const low = `(${rest} - ${a.rad})`;
  const spread = `(${a.rad} <= 0.5 * ${rest} && ${rest} > 0 ? ${a.rad} / Math.sqrt(${low} * (${low} + 2)) : Infinity)`;
  return aboveUnderflow(code, a, code.let(`Math.acosh(${a.mid})`), spread, 8);
};

/** With q = |m|+r, the derivative is at most 1/((1-q)(1+q)) <= 1/(1-q). */
export const atanh = odd((code, a) => {
  const rest = isExact(a) ? "0" : code.let(`1 - ${magnitude(code, a.mid)}`);
  const spread = `(${a.rad} <= 0.5 * ${rest} && ${rest} > 0 ? ${a.rad} / (${rest} - ${a.rad}) : Infinity)`;
  return throughZero(code, a, code.let(`Math.atanh(${a.mid})`), spread, 8);
});

/**
 * sqrt is correctly rounded. |sqrt(m+d) - sqrt(m)| = |d|/(sqrt(m+d)+sqrt(m)) <= r/sqrt(m),
 * and sqrt is undefined on a part of the ball when r > m.
 */
export const sqrt: BallFunction = (code, a) => {
  const root = code.let(`Math.sqrt(${a.mid})`);
  const spread = `(${a.rad} === 0 ? 0 : ${a.rad} <= ${a.mid} ? ${a.rad} / ${root} : Infinity)`;
  return ball(root, code.radius(isExact(a) ? "0" : spread, `ULP * ${root}`));
};

/**
 * The angle of (x,y). A displacement by h <= ry+rx turns a vector of length
 * at least max(|x|,|y|) by at most asin(h/length) <= (pi/2)·h/length. Not on
 * the cut, y = 0 and x <= 0, where the sign of a zero would decide.
 */
export function atan2(code: BallCode, y: Ball, x: Ball): Ball {
  const angle = code.let(`Math.atan2(${y.mid}, ${x.mid})`);
  const length = code.let(`Math.max(${magnitude(code, y.mid)}, ${magnitude(code, x.mid)})`);
  const h = code.radius(y.rad, x.rad);
  const offCut = `(${x.mid} > ${x.rad} || ${magnitude(code, y.mid)} > ${y.rad})`;
  const spread = code.let(
    `${offCut} && ${h} <= ${length} && ${length} < Infinity ? 1.6 * (${h} / ${length}) : Infinity`,
  );
  const rad = code.radius(spread, `4 * ULP * ${magnitude(code, angle)}`);
  return ball(angle, padded(code, angle, rad, [y]));
}
