import type { Arithmetic } from "./arithmetic.js";
import { derivatives, powerByBase, powerByExponent, type Smooth } from "./dual-derivatives.js";

/** v + d·eps: a value and the coefficient of its derivative. `d` means something only where `v` is defined. */
export interface Dual<T> {
  readonly v: T;
  readonly d: T;
}

/**
 * Forward-mode derivatives over any arithmetic: numbers v + d·eps with an
 * infinitesimal eps of a chosen sign. Comparisons are lexicographic, the values
 * first and then d·eps, so that a kink has the derivative of one side:
 * - direction 1: eps > 0, the right-hand derivative;
 * - direction -1: eps < 0, the left-hand derivative;
 * - direction 0: both sides enclosed, which needs an arithmetic with a hull.
 * Where values and derivatives tie, first order can't tell the sides apart, as
 * in x² > 0 at 0: then both outcomes are enclosed as well.
 *
 * A constant has the very object `zero` as its d. That is more than a d that
 * happens to be 0: sqrt(x²) at 0 has the derivative Infinity·0, which is not 0,
 * while a constant has none of its own and is skipped, so that log(z)·0' stays
 * out of the sum. The underlying arithmetic must keep its constants 0 and 1
 * alive as long as this object. Over plain numbers every 0 is that object.
 */
export class DualArithmetic<T> implements Arithmetic<Dual<T>> {
  private readonly zero: T;
  private readonly one: T;

  constructor(
    private readonly base: Arithmetic<T>,
    private readonly direction: 1 | -1 | 0,
  ) {
    this.zero = base.constant(0);
    this.one = base.constant(1);
  }

  /** The number to differentiate by: d = 1. */
  variable(v: T): Dual<T> {
    return { v, d: this.one };
  }

  /** A number that does not depend on the variable: d = 0. */
  fixed(v: T): Dual<T> {
    return { v, d: this.zero };
  }

  constant(x: number): Dual<T> {
    return this.fixed(this.base.constant(x));
  }

  add(a: Dual<T>, b: Dual<T>): Dual<T> {
    return { v: this.base.add(a.v, b.v), d: this.sum(a.d, b.d) };
  }

  sub(a: Dual<T>, b: Dual<T>): Dual<T> {
    return { v: this.base.sub(a.v, b.v), d: this.difference(a.d, b.d) };
  }

  mul(a: Dual<T>, b: Dual<T>): Dual<T> {
    return { v: this.base.mul(a.v, b.v), d: this.sum(this.scale(b.v, a.d), this.scale(a.v, b.d)) };
  }

  /** (a' - (a/b)·b')/b. */
  div(a: Dual<T>, b: Dual<T>): Dual<T> {
    const v = this.base.div(a.v, b.v);
    const numerator = this.difference(a.d, this.scale(v, b.d));
    return { v, d: this.isConstant(numerator) ? this.zero : this.base.div(numerator, b.v) };
  }

  neg(a: Dual<T>): Dual<T> {
    return { v: this.base.neg(a.v), d: this.difference(this.zero, a.d) };
  }

  abs(a: Dual<T>): Dual<T> {
    return this.greater(this.base.abs(a.v), a, this.neg(a));
  }

  sign(a: Dual<T>): Dual<T> {
    const v = this.base.sign(a.v);
    if (this.isConstant(a.d)) return this.fixed(v);
    return this.fixed(
      this.whereEqual(a.v, this.zero, v, () => {
        const either = () => this.base.hull(this.base.constant(-1), this.one);
        if (this.direction === 0) return either();
        const side = this.base.sign(this.direction > 0 ? a.d : this.base.neg(a.d));
        return this.whereEqual(a.d, this.zero, side, either);
      }),
    );
  }

  max(a: Dual<T>, b: Dual<T>): Dual<T> {
    return this.greater(this.base.max(a.v, b.v), a, b);
  }

  min(a: Dual<T>, b: Dual<T>): Dual<T> {
    return this.neg(
      this.greater(this.base.max(this.base.neg(a.v), this.base.neg(b.v)), this.neg(a), this.neg(b)),
    );
  }

  square = (a: Dual<T>) => this.smooth("square", a);
  sqrt = (a: Dual<T>) => this.smooth("sqrt", a);
  exp = (a: Dual<T>) => this.smooth("exp", a);
  expm1 = (a: Dual<T>) => this.smooth("expm1", a);
  log = (a: Dual<T>) => this.smooth("log", a);
  log1p = (a: Dual<T>) => this.smooth("log1p", a);
  sigmoid = (a: Dual<T>) => this.smooth("sigmoid", a);
  softplus = (a: Dual<T>) => this.smooth("softplus", a);
  sin = (a: Dual<T>) => this.smooth("sin", a);
  cos = (a: Dual<T>) => this.smooth("cos", a);
  tan = (a: Dual<T>) => this.smooth("tan", a);
  asin = (a: Dual<T>) => this.smooth("asin", a);
  acos = (a: Dual<T>) => this.smooth("acos", a);
  atan = (a: Dual<T>) => this.smooth("atan", a);
  sinh = (a: Dual<T>) => this.smooth("sinh", a);
  cosh = (a: Dual<T>) => this.smooth("cosh", a);
  tanh = (a: Dual<T>) => this.smooth("tanh", a);
  asinh = (a: Dual<T>) => this.smooth("asinh", a);
  acosh = (a: Dual<T>) => this.smooth("acosh", a);
  atanh = (a: Dual<T>) => this.smooth("atanh", a);
  erf = (a: Dual<T>) => this.smooth("erf", a);

  /** b·a^(b-1)·a' + log(a)·a^b·b'. */
  pow(a: Dual<T>, b: Dual<T>): Dual<T> {
    const v = this.base.pow(a.v, b.v);
    // x^0 = 1 for every x, so its derivative is 0 also where 0·x^-1 is not.
    if (this.isConstant(b.d) && this.base.known(b.v) === 0) return this.fixed(v);
    const byBase = () => powerByBase(this.base, a.v, b.v);
    const byExponent = () => powerByExponent(this.base, a.v, b.v, v);
    return { v, d: this.sum(this.times(byBase, a.d), this.times(byExponent, b.d)) };
  }

  /** (x·y' - y·x')/(x² + y²), undefined at the origin. */
  atan2(y: Dual<T>, x: Dual<T>): Dual<T> {
    const { base } = this;
    const v = base.atan2(y.v, x.v);
    if (this.isConstant(y.d) && this.isConstant(x.d)) return this.fixed(v);
    const turn = this.difference(this.scale(x.v, y.d), this.scale(y.v, x.d));
    return { v, d: base.div(turn, base.add(base.square(x.v), base.square(y.v))) };
  }

  /** Constant between the steps; at a step the derivative is 0 as well. */
  floor(a: Dual<T>): Dual<T> {
    return this.fixed(this.base.floor(a.v));
  }

  ceil(a: Dual<T>): Dual<T> {
    return this.fixed(this.base.ceil(a.v));
  }

  round(a: Dual<T>): Dual<T> {
    return this.fixed(this.base.round(a.v));
  }

  less(a: Dual<T>, b: Dual<T>): Dual<T> {
    const apart = this.base.less(a.v, b.v);
    if (this.isConstant(a.d) && this.isConstant(b.d)) return this.fixed(apart);
    return this.fixed(
      this.whereEqual(a.v, b.v, apart, () => {
        if (this.direction === 0) return this.undecided();
        const [first, second] = this.direction > 0 ? [a.d, b.d] : [b.d, a.d];
        return this.whereEqual(first, second, this.base.less(first, second), () => this.undecided());
      }),
    );
  }

  equal(a: Dual<T>, b: Dual<T>): Dual<T> {
    const values = this.base.equal(a.v, b.v);
    if (this.isConstant(a.d) && this.isConstant(b.d)) return this.fixed(values);
    const tie = () => {
      if (this.direction === 0) return this.undecided();
      return this.whereEqual(a.d, b.d, this.zero, () => this.undecided());
    };
    return this.fixed(this.whereEqual(a.v, b.v, values, tie));
  }

  select(condition: Dual<T>, a: Dual<T>, b: Dual<T>): Dual<T> {
    const { base } = this;
    const taken = this.isConstant(condition.d)
      ? condition.v
      : base.sub(this.one, this.equal(condition, this.fixed(this.zero)).v);
    const decided = base.known(taken);
    if (decided !== undefined) return decided !== 0 ? a : b;
    return { v: base.select(taken, a.v, b.v), d: a.d === b.d ? a.d : base.select(taken, a.d, b.d) };
  }

  hull(a: Dual<T>, b: Dual<T>): Dual<T> {
    return { v: this.base.hull(a.v, b.v), d: a.d === b.d ? a.d : this.base.hull(a.d, b.d) };
  }

  /** Only a constant is known: any other number has a derivative beside its value. */
  known(a: Dual<T>): number | undefined {
    return this.isConstant(a.d) ? this.base.known(a.v) : undefined;
  }

  private isConstant(d: T): boolean {
    return d === this.zero;
  }

  private sum(a: T, b: T): T {
    if (this.isConstant(a)) return b;
    return this.isConstant(b) ? a : this.base.add(a, b);
  }

  private difference(a: T, b: T): T {
    if (this.isConstant(b)) return a;
    return this.isConstant(a) ? this.base.neg(b) : this.base.sub(a, b);
  }

  /** f'·d, where f' is not needed, and may well be undefined, for a constant. */
  private times(derivative: () => T, d: T): T {
    if (this.isConstant(d)) return d;
    return d === this.one ? derivative() : this.base.mul(derivative(), d);
  }

  private scale(factor: T, d: T): T {
    return this.times(() => factor, d);
  }

  private smooth(name: Smooth, a: Dual<T>): Dual<T> {
    const v = this.base[name](a.v);
    return { v, d: this.times(() => derivatives[name](this.base, a.v, v), a.d) };
  }

  /** The greater of a and b, whose value is v. At a tie the steeper one is ahead on the right, the flatter on the left. */
  private greater(v: T, a: Dual<T>, b: Dual<T>): Dual<T> {
    const { base } = this;
    const behind = base.less(a.v, b.v);
    if (base.known(behind) === 1) return b;
    if (base.known(base.less(b.v, a.v)) === 1) return a;
    if (a.d === b.d) return { v, d: a.d };
    const tie = () => {
      if (this.direction === 0) return base.hull(a.d, b.d);
      return this.direction > 0 ? base.max(a.d, b.d) : base.min(a.d, b.d);
    };
    return { v, d: this.whereEqual(a.v, b.v, base.select(behind, b.d, a.d), tie) };
  }

  /** `tie()` where a = b, else `apart`. */
  private whereEqual(a: T, b: T, apart: T, tie: () => T): T {
    const equal = this.base.equal(a, b);
    const decided = this.base.known(equal);
    if (decided === 0) return apart;
    return decided === 1 ? tie() : this.base.select(equal, tie(), apart);
  }

  private undecided(): T {
    return this.base.hull(this.zero, this.one);
  }
}
