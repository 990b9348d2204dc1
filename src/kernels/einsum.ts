import type { Arithmetic } from "../arithmetic/arithmetic.js";
import type { Kernel, Tensor } from "./kernel.js";
import { offsetsOf, stridesOf } from "./shape.js";

/** The strides of `x` along the axes that the labels name, 0 along those that `term` lacks. */
function stridesAlong<T>(x: Tensor<T>, term: string, labels: readonly string[]): number[] {
  const strides = stridesOf(x.shape);
  return labels.map((label) => (term.includes(label) ? strides[term.indexOf(label)] : 0));
}

/** The length of the axis of each label; the terms must agree on it. */
function lengthsOf<T>(equation: string, tensors: Tensor<T>[], terms: string[]): Map<string, number> {
  const lengths = new Map<string, number>();
  terms.forEach((term, i) => {
    [...term].forEach((label, axis) => {
      const length = tensors[i].shape[axis];
      if ((lengths.get(label) ?? length) !== length) {
        throw new RangeError(
          `einsum ${equation}: the axis ${label} has both the lengths ${lengths.get(label)} and ${length}`,
        );
      }
      lengths.set(label, length);
    });
  });
  return lengths;
}

const product = <T>(r: Arithmetic<T>, factors: T[]): T => factors.reduce((a, b) => r.mul(a, b));

/**
 * The sum of products that an equation such as `ij,jk->ik` describes: over all
 * labels that the output lacks. tfjs takes one or two tensors, and no label
 * twice in one of them.
 */
export const einsum: Record<string, Kernel> = {
  Einsum: {
    evaluate(r, inputs, attrs) {
      const equation = (attrs.equation as string).replace(/\s/g, "");
      const tensors = Object.values(inputs);
      const [left, right] = equation.split("->");
      const terms = left.split(",");
      const lengths = lengthsOf(equation, tensors, terms);
      const kept = [...right];
      const summed = [...lengths.keys()].filter((label) => !right.includes(label));
      const offsets = (labels: string[], i: number) =>
        offsetsOf(
          labels.map((label) => lengths.get(label)!),
          stridesAlong(tensors[i], terms[i], labels),
        );
      const outer = tensors.map((_, i) => offsets(kept, i));
      const inner = tensors.map((_, i) => offsets(summed, i));
      const data = outer[0].map((_, element) => {
        const products = inner[0].map((_, term) =>
          product(
            r,
            tensors.map((tensor, i) => tensor.data[outer[i][element] + inner[i][term]]),
          ),
        );
        return products.length === 0 ? r.constant(0) : products.reduce((a, b) => r.add(a, b));
      });
      return [{ shape: kept.map((label) => lengths.get(label)!), dtype: tensors[0].dtype, data }];
    },
  },
};
