import { attribute } from "./attribute.js";
import { unary } from "./elementwise.js";
import type { Kernel } from "./kernel.js";
import { not } from "./logic.js";

/**
 * The elementary functions of one tensor, and casts.
 *
 * Cast to int32 drops the fraction (towards 0), to bool is 1 where x is not 0,
 * and to float32 is x itself: int32 and bool values are numbers already.
 */
export const elementwiseUnary: Record<string, Kernel> = {
  Abs: unary((r, x) => r.abs(x)),
  Neg: unary((r, x) => r.neg(x)),
  Sign: unary((r, x) => r.sign(x)),
  Square: unary((r, x) => r.square(x)),
  Sqrt: unary((r, x) => r.sqrt(x)),
  Rsqrt: unary((r, x) => r.div(r.constant(1), r.sqrt(x))),
  Reciprocal: unary((r, x) => r.div(r.constant(1), x)),

  Exp: unary((r, x) => r.exp(x)),
  Expm1: unary((r, x) => r.expm1(x)),
  Log: unary((r, x) => r.log(x)),
  Log1p: unary((r, x) => r.log1p(x)),
  Erf: unary((r, x) => r.erf(x)),

  Sin: unary((r, x) => r.sin(x)),
  Cos: unary((r, x) => r.cos(x)),
  Tan: unary((r, x) => r.tan(x)),
  Asin: unary((r, x) => r.asin(x)),
  Acos: unary((r, x) => r.acos(x)),
  Atan: unary((r, x) => r.atan(x)),
  Sinh: unary((r, x) => r.sinh(x)),
  Cosh: unary((r, x) => r.cosh(x)),
  Tanh: unary((r, x) => r.tanh(x)),
  Asinh: unary((r, x) => r.asinh(x)),
  Acosh: unary((r, x) => r.acosh(x)),
  Atanh: unary((r, x) => r.atanh(x)),

  Floor: unary((r, x) => r.floor(x)),
  Ceil: unary((r, x) => r.ceil(x)),
  Round: unary((r, x) => r.round(x)),

  ClipByValue: unary((r, x, attrs) => {
    const { clipValueMin, clipValueMax } = attrs as { clipValueMin: number; clipValueMax: number };
    const low = r.constant(attribute(clipValueMin, "float32"));
    const high = r.constant(attribute(clipValueMax, "float32"));
    return r.min(r.max(x, low), high);
  }),

  Cast: unary(
    (r, x, attrs) => {
      switch (attrs.dtype) {
        case "int32":
          return r.select(r.less(x, r.constant(0)), r.ceil(x), r.floor(x));
        case "bool":
          return not(r, not(r, x));
        case "float32":
          return x;
        default:
          throw new Error(`Cast to ${attrs.dtype} has no meaning here: cast to float32, int32 or bool`);
      }
    },
    (_, attrs) => attrs.dtype as "float32" | "int32" | "bool",
  ),
};
