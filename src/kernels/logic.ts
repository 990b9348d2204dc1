import type { Arithmetic } from "../arithmetic/arithmetic.js";
import type { DType } from "../program/program.js";
import { binary, elementwise, unary } from "./elementwise.js";
import type { Kernel } from "./kernel.js";

/** 1 where the condition is 0, else 0. */
export function not<T>(r: Arithmetic<T>, condition: T): T {
  return r.equal(condition, r.constant(0));
}

export function and<T>(r: Arithmetic<T>, a: T, b: T): T {
  return r.select(a, b, r.constant(0));
}

export function or<T>(r: Arithmetic<T>, a: T, b: T): T {
  return r.select(a, r.constant(1), b);
}

/** The dtype that holds both branches of a choice. */
const upcast = (a: DType, b: DType): DType =>
  a === "float32" || b === "float32" ? "float32" : a === "int32" || b === "int32" ? "int32" : "bool";

/**
 * Comparisons, logic, and the choice by a condition.
 *
 * LessEqual is "not greater" rather than "less or equal": in an arithmetic of
 * enclosures [0, 1] <= [1, 2] is then decided, although neither < nor = is.
 *
 * IsNan, IsInf and IsFinite are about the exact value, which overflows nowhere:
 * IsNan is 0 for every number, and is 1 only in an arithmetic that has NaN and
 * says that it is not ordered.
 */
export const logic: Record<string, Kernel> = {
  Equal: binary((r, a, b) => r.equal(a, b), "bool"),
  NotEqual: binary((r, a, b) => not(r, r.equal(a, b)), "bool"),
  Less: binary((r, a, b) => r.less(a, b), "bool"),
  LessEqual: binary((r, a, b) => not(r, r.less(b, a)), "bool"),
  Greater: binary((r, a, b) => r.less(b, a), "bool"),
  GreaterEqual: binary((r, a, b) => not(r, r.less(a, b)), "bool"),

  LogicalAnd: binary((r, a, b) => and(r, a, b), "bool"),
  LogicalOr: binary((r, a, b) => or(r, a, b), "bool"),
  LogicalNot: unary((r, x) => not(r, x), "bool"),

  IsNan: unary((r, x) => {
    const infinity = r.constant(Number.POSITIVE_INFINITY);
    return not(r, or(r, r.less(x, infinity), r.equal(x, infinity)));
  }, "bool"),
  IsInf: unary((r, x) => r.equal(r.abs(x), r.constant(Number.POSITIVE_INFINITY)), "bool"),
  IsFinite: unary((r, x) => r.less(r.abs(x), r.constant(Number.POSITIVE_INFINITY)), "bool"),

  Select: elementwise(
    ["condition", "t", "e"],
    (r, [condition, t, e]) => r.select(condition, t, e),
    ([, t, e]) => upcast(t, e),
  ),
};
