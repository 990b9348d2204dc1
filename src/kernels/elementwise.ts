import type { Arithmetic } from "../arithmetic/arithmetic.js";
import type { DType } from "../program/program.js";
import { broadcastData, broadcastShape } from "./broadcast.js";
import type { Attrs, Kernel } from "./kernel.js";

type Scalar = <T>(r: Arithmetic<T>, operands: T[], attrs: Attrs) => T;
type Unary = <T>(r: Arithmetic<T>, x: T, attrs: Attrs) => T;
type Binary = <T>(r: Arithmetic<T>, a: T, b: T, attrs: Attrs) => T;
/** The dtype of the output, where it depends on the inputs (in the order of `inputs`) or the attributes. */
type OutputDType = (inputs: DType[], attrs: Attrs) => DType;

/**
 * A kernel that computes each element of its output from one element of each
 * input, the inputs broadcast to one shape. The output has the dtype of the
 * first input unless told otherwise.
 */
export function elementwise(
  inputs: readonly string[],
  scalar: Scalar,
  dtype: DType | OutputDType = ([first]) => first,
): Kernel {
  return {
    evaluate(r, tensors, attrs) {
      const operands = inputs.map((name) => tensors[name]);
      const shape = broadcastShape(operands.map((operand) => operand.shape));
      const columns = operands.map((operand) => broadcastData(operand, shape));
      const data = columns[0].map((_, i) =>
        scalar(
          r,
          columns.map((column) => column[i]),
          attrs,
        ),
      );
      const outputDType =
        typeof dtype === "string"
          ? dtype
          : dtype(
              operands.map((operand) => operand.dtype),
              attrs,
            );
      return [{ shape, dtype: outputDType, data }];
    },
    elementwise: { inputs, scalar, ...(typeof dtype === "string" ? { dtype } : {}) },
  };
}

/** An elementwise kernel of the input `x`. */
export function unary(f: Unary, dtype?: DType | OutputDType): Kernel {
  return elementwise(["x"], (r, [x], attrs) => f(r, x, attrs), dtype);
}

/** An elementwise kernel of the inputs `a` and `b`. */
export function binary(f: Binary, dtype?: DType): Kernel {
  return elementwise(["a", "b"], (r, [a, b], attrs) => f(r, a, b, attrs), dtype);
}
