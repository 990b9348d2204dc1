import type { Arithmetic } from "../arithmetic/arithmetic.js";
import { attribute } from "./attribute.js";
import { elementwise, unary } from "./elementwise.js";
import type { Kernel } from "./kernel.js";

/** Klambauer et al. 2017, "Self-normalizing neural networks": lambda and lambda alpha. */
const SELU_SCALE = 1.0507009873554805;
const SELU_SCALE_ALPHA = 1.7580993408473768;

/**
 * One function below 0 and another above. Each is told its side of 0, so that an
 * enclosure that reaches over 0 stays tight: elu of [-1, 800] takes no exp(800).
 */
function piecewise<T>(r: Arithmetic<T>, x: T, below: (negative: T) => T, above: (positive: T) => T): T {
  const zero = r.constant(0);
  return r.select(r.less(x, zero), below(r.min(x, zero)), above(r.max(x, zero)));
}

const same = <T>(x: T): T => x;

/**
 * The activation functions.
 *
 * - Relu max(x, 0); Relu6 min(max(x, 0), 6); LeakyRelu and Prelu alpha x where x < 0;
 * - Elu exp(x) - 1 where x < 0; Selu scale x, and scale alpha (exp(x) - 1) where x < 0;
 * - EluGrad dy, and dy (y + 1) where y < 0, of dy and y = elu(x);
 * - Step 1 where x > 0, else alpha: what the gradients of Relu and LeakyRelu multiply by;
 * - Sigmoid 1/(1+exp(-x)); Softplus log(1+exp(x)).
 */
export const activations: Record<string, Kernel> = {
  Relu: unary((r, x) => r.max(x, r.constant(0))),
  Relu6: unary((r, x) => r.min(r.max(x, r.constant(0)), r.constant(6))),
  LeakyRelu: unary((r, x, attrs) => {
    const alpha = r.constant(attribute(attrs.alpha as number, "float32"));
    return piecewise(r, x, (negative) => r.mul(alpha, negative), same);
  }, "float32"),
  Prelu: elementwise(
    ["x", "alpha"],
    (r, [x, alpha]) => piecewise(r, x, (negative) => r.mul(alpha, negative), same),
    "float32",
  ),
  Elu: unary((r, x) => piecewise(r, x, (negative) => r.expm1(negative), same)),
  EluGrad: elementwise(
    ["dy", "y"],
    (r, [dy, y]) =>
      piecewise(
        r,
        y,
        (negative) => r.mul(dy, r.add(negative, r.constant(1))),
        () => dy,
      ),
    "float32",
  ),
  Selu: unary((r, x) => {
    const scale = r.constant(attribute(SELU_SCALE, "float32"));
    const scaleAlpha = r.constant(attribute(SELU_SCALE_ALPHA, "float32"));
    return piecewise(
      r,
      x,
      (negative) => r.mul(scaleAlpha, r.expm1(negative)),
      (positive) => r.mul(scale, positive),
    );
  }),
  Step: unary((r, x, attrs) => {
    const alpha = r.constant(attribute(attrs.alpha as number, "float32"));
    return r.select(r.less(r.constant(0), x), r.constant(1), alpha);
  }),
  Sigmoid: unary((r, x) => r.sigmoid(x)),
  Softplus: unary((r, x) => r.softplus(x)),
};
