import type { Arithmetic } from "./arithmetic.js";

/** f'(x) in an arithmetic, given x and f(x). */
type Derivative = <T>(base: Arithmetic<T>, x: T, fx: T) => T;

/**
 * The derivatives of the smooth functions, in forms that do not cancel: their
 * relative accuracy is that of the operations, for every x.
 */
export const derivatives = {
  square: (base, x) => base.mul(base.constant(2), x),
  sqrt: (base, _x, fx) => reciprocal(base, base.mul(base.constant(2), fx)),
  exp: (_base, _x, fx) => fx,
  expm1: (base, x) => base.exp(x),
  log: (base, x, fx) => whereDefined(base, fx, reciprocal(base, x)),
  log1p: (base, x, fx) => whereDefined(base, fx, reciprocal(base, base.add(base.constant(1), x))),
  /** s·(1-s) would cancel for great x. */
  sigmoid: (base, x, fx) => base.mul(fx, base.sigmoid(base.neg(x))),
  softplus: (base, x) => base.sigmoid(x),
  sin: (base, x) => base.cos(x),
  cos: (base, x) => base.neg(base.sin(x)),
  tan: (base, _x, fx) => onePlusSquare(base, fx),
  asin: (base, x) => reciprocal(base, base.sqrt(oneMinusSquare(base, x))),
  acos: (base, x) => base.neg(reciprocal(base, base.sqrt(oneMinusSquare(base, x)))),
  atan: (base, x) => reciprocal(base, onePlusSquare(base, x)),
  sinh: (base, x) => base.cosh(x),
  cosh: (base, x) => base.sinh(x),
  /** 1 - tanh² would cancel. */
  tanh: (base, x) => base.square(reciprocal(base, base.cosh(x))),
  asinh: (base, x) => reciprocal(base, base.sqrt(onePlusSquare(base, x))),
  /** As sqrt(x-1)·sqrt(x+1), which is undefined below -1, where acosh is. */
  acosh: (base, x) => {
    const one = base.constant(1);
    return reciprocal(base, base.mul(base.sqrt(base.sub(x, one)), base.sqrt(base.add(x, one))));
  },
  atanh: (base, x, fx) => whereDefined(base, fx, reciprocal(base, oneMinusSquare(base, x))),
  /** 2/sqrt(pi)·exp(-x²), with pi = 4·atan(1), which every arithmetic encloses. */
  erf: (base, x) => {
    const pi = base.mul(base.constant(4), base.atan(base.constant(1)));
    const factor = base.div(base.constant(2), base.sqrt(pi));
    return base.mul(factor, base.exp(base.neg(base.square(x))));
  },
} satisfies Partial<Record<keyof Arithmetic<unknown>, Derivative>>;

export type Smooth = keyof typeof derivatives;

/**
 * The derivative b·a^(b-1) of a^b by a. Below b = 1 as b/a^(1-b), which is
 * undefined at a = 0: there a^b is infinitely steep.
 */
export function powerByBase<T>(base: Arithmetic<T>, a: T, b: T): T {
  const one = base.constant(1);
  return choose(
    base,
    base.less(b, one),
    () => base.div(b, base.pow(a, base.sub(one, b))),
    () => base.mul(b, base.pow(a, base.sub(b, one))),
  );
}

/**
 * The derivative log(a)·a^b of a^b by b. At a = 0 the power is 0 for every b > 0,
 * jumps to 1 at b = 0 and has no finite value below: no derivative there.
 */
export function powerByExponent<T>(base: Arithmetic<T>, a: T, b: T, power: T): T {
  const zero = base.constant(0);
  return choose(
    base,
    base.equal(a, zero),
    () => base.select(base.less(zero, b), zero, base.constant(Number.NaN)),
    () => base.mul(base.log(a), power),
  );
}

/** As `select`, without computing a branch that is surely not taken. */
function choose<T>(base: Arithmetic<T>, condition: T, yes: () => T, no: () => T): T {
  const decided = base.known(condition);
  if (decided === undefined) return base.select(condition, yes(), no());
  return decided !== 0 ? yes() : no();
}

/** `derivative`, undefined where f(x) is: 1/x goes on below 0, where log does not. Adds 0·f(x). */
function whereDefined<T>(base: Arithmetic<T>, fx: T, derivative: T): T {
  return base.add(derivative, base.mul(base.constant(0), fx));
}

function reciprocal<T>(base: Arithmetic<T>, x: T): T {
  return base.div(base.constant(1), x);
}

function onePlusSquare<T>(base: Arithmetic<T>, x: T): T {
  return base.add(base.constant(1), base.square(x));
}

/** 1 - x² as (1-x)(1+x), whose factors are exact or small errors of what they are near x = ±1. */
function oneMinusSquare<T>(base: Arithmetic<T>, x: T): T {
  const one = base.constant(1);
  return base.mul(base.sub(one, x), base.add(one, x));
}
