/**
 * A ball of generated code: JavaScript expressions (a name or a literal) for a
 * midpoint and a radius, both float64. It states that the true number is
 * defined, finite and within `rad` of `mid`.
 *
 * A radius of Infinity or NaN, or a midpoint of NaN, states nothing: such a
 * number may be anything, and may be undefined. So the formulas for radii are
 * written to come out as Infinity or NaN when an operand's is, and an overflow
 * (which makes `ulp · |mid|` infinite) never counts as a number.
 *
 * The facts are known when the code is generated. They cost nothing where they
 * save a radius: a ball whose radius is the literal "0" is a plain float64,
 * never NaN.
 */
export interface Ball {
  mid: string;
  rad: string;
  /** The number itself. */
  known?: number;
  /** Exactly a finite float32, so that the product of two is exact in float64. */
  single: boolean;
  /** Exactly an integer of at most this magnitude; Infinity when that is not known. */
  integer: number;
  /** Neither midpoint nor radius exceeds this magnitude; Infinity when that is not known. */
  bound: number;
  /** The radius holds nothing but rounding errors of sums, and is 0 when these were exact. */
  residual: boolean;
  /** The ball that this one is the negative of. */
  negative?: Ball;
  /** The sum or difference that this one was rounded from. */
  sum?: { a: Ball; b: Ball; sign: "+" | "-" };
}

/** Every finite float32 is below this. */
export const SINGLE_BOUND = 2 ** 128;

export type Facts = Partial<Omit<Ball, "mid" | "rad">>;

export function ball(mid: string, rad: string, facts: Facts = {}): Ball {
  const exact = rad === "0";
  return { mid, rad, single: false, integer: Infinity, bound: Infinity, residual: exact, ...facts };
}

/** A number that is surely a finite float32, such as an element of an input. */
export function single(mid: string): Ball {
  return ball(mid, "0", { single: true, bound: SINGLE_BOUND });
}

export function constant(x: number): Ball {
  if (Number.isNaN(x)) return unknown();
  const mid = Object.is(x, -0) ? "-0" : String(x);
  const finite = Number.isFinite(x);
  return ball(mid, "0", {
    known: x,
    single: finite && Math.fround(x) === x,
    integer: Number.isInteger(x) ? Math.abs(x) : Infinity,
    bound: Math.abs(x),
  });
}

/** States nothing. */
export function unknown(): Ball {
  return ball("NaN", "Infinity");
}

export function isExact(a: Ball): boolean {
  return a.rad === "0";
}

/** Surely defined and finite, with room for one product before it overflows. */
export function isBounded(a: Ball): boolean {
  return a.bound < 1e150;
}

/** The facts that hold for a number that is one of two. */
export function common(a: Facts, b: Facts): Facts {
  return {
    single: Boolean(a.single && b.single),
    integer: Math.max(a.integer ?? Infinity, b.integer ?? Infinity),
    bound: Math.max(a.bound ?? Infinity, b.bound ?? Infinity),
    residual: Boolean(a.residual && b.residual),
  };
}
