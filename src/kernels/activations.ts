import type { Arithmetic } from "../arithmetic/arithmetic.js";
import { attribute } from "./attribute.js";
import { elementwise, unary } from "./elementwise.js";
import type { Kernel } from "./kernel.js";

/** A number that float64 does not hold, as a float64 and the float64 nearest to what it leaves. */
type Constant = readonly [number, number];

/**
 * Klambauer et al. 2017, "Self-normalizing neural networks": lambda and lambda
 * alpha, which tfjs documents as 1.0507009873554804934193349852946 and
 * 1.7580993408473768599402175208123. Its kernels and its gradient round them,
 * each in its way.
 */
const SELU_SCALE: Constant = [1.0507009873554805, 3.9874847667154144e-17];
const SELU_SCALE_ALPHA: Constant = [1.7580993408473768, 1.4153519380084477e-17];

function exactly<T>(r: Arithmetic<T>, [nearest, rest]: Constant): T {
  return r.add(r.constant(nearest), r.constant(rest));
}

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
    const alpha = r.constant(attrs.alpha as number);
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
    return piecewise(
      r,
      x,
      (negative) => r.mul(exactly(r, SELU_SCALE_ALPHA), r.expm1(negative)),
      (positive) => r.mul(exactly(r, SELU_SCALE), positive),
    );
  }),
  Step: unary((r, x, attrs) => {
    const alpha = r.constant(attribute(attrs.alpha as number, "float32"));
    return r.select(r.less(r.constant(0), x), r.constant(1), alpha);
  }),
  Sigmoid: unary((r, x) => r.sigmoid(x)),
  Softplus: unary((r, x) => r.softplus(x)),
};
