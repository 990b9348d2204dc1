import type { Arithmetic } from "../arithmetic/arithmetic.js";
import { activations } from "./activations.js";
import { broadcastShape, broadcastStrides } from "./broadcast.js";
import { elementwiseBinary } from "./elementwise-binary.js";
import type { Attrs, Inputs, Kernel, Tensor } from "./kernel.js";
import { offsetsOf, progression, sizeOf, stridesOf } from "./shape.js";

/** The kernels that _FusedMatMul can apply to the product, by their names in its attributes. */
const FUSED: Record<string, string> = {
  relu: "Relu",
  relu6: "Relu6",
  elu: "Elu",
  prelu: "Prelu",
  leakyrelu: "LeakyRelu",
  sigmoid: "Sigmoid",
};

/** a[0] b[0] + a[1] b[1] + …, the elements being taken at the given offsets. */
function dot<T>(r: Arithmetic<T>, a: T[], aOffsets: number[], b: T[], bOffsets: number[]): T {
  if (aOffsets.length === 0) return r.constant(0);
  return aOffsets.map((offset, i) => r.mul(a[offset], b[bOffsets[i]])).reduce((x, y) => r.add(x, y));
}

function matMul<T>(r: Arithmetic<T>, { a, b }: Inputs<T>, attrs: Attrs): Tensor<T> {
  const [aRow, aColumn] = attrs.transposeA ? [-1, -2] : [-2, -1];
  const [bRow, bColumn] = attrs.transposeB ? [-1, -2] : [-2, -1];
  const rows = a.shape.at(aRow)!;
  const columns = b.shape.at(bColumn)!;
  const shared = a.shape.at(aColumn)!;
  if (b.shape.at(bRow) !== shared) {
    const given = `[${a.shape}]${attrs.transposeA ? " transposed" : ""} and [${b.shape}]${attrs.transposeB ? " transposed" : ""}`;
    throw new RangeError(
      `matMul of ${given}: the columns of the first must be as many as the rows of the second`,
    );
  }
  const aStrides = stridesOf(a.shape);
  const bStrides = stridesOf(b.shape);
  const batch = broadcastShape([a.shape.slice(0, -2), b.shape.slice(0, -2)]);
  const batchOffsets = (x: Tensor<T>) => {
    const strides = broadcastStrides(x.shape.slice(0, -2), batch);
    return offsetsOf(
      batch,
      strides.map((stride) => stride * x.shape.at(-1)! * x.shape.at(-2)!),
    );
  };
  const aBatch = batchOffsets(a);
  const bBatch = batchOffsets(b);
  const data = progression(sizeOf(batch)).flatMap((i) =>
    progression(rows, aStrides.at(aRow), aBatch[i]).flatMap((row) => {
      const rowOffsets = progression(shared, aStrides.at(aColumn), row);
      return progression(columns, bStrides.at(bColumn), bBatch[i]).map((column) =>
        dot(r, a.data, rowOffsets, b.data, progression(shared, bStrides.at(bRow), column)),
      );
    }),
  );
  return { shape: [...batch, rows, columns], dtype: a.dtype, data };
}

/**
 * The product of matrices, the leading axes broadcast as a batch; either factor
 * transposed. _FusedMatMul adds `bias` and applies an activation.
 */
export const matMuls: Record<string, Kernel> = {
  BatchMatMul: { evaluate: (r, inputs, attrs) => [matMul(r, inputs, attrs)] },

  _FusedMatMul: {
    evaluate(r, inputs, attrs) {
      const { bias, preluActivationWeights } = inputs;
      const leakyreluAlpha = attrs.leakyreluAlpha as number | undefined;
      const activation = (attrs.activation as string | null | undefined) ?? "linear";
      let product = matMul(r, inputs, attrs);
      if (bias !== undefined) {
        [product] = elementwiseBinary.Add.evaluate(r, { a: product, b: bias }, {});
      }
      if (activation === "linear") return [product];
      if (!(activation in FUSED)) {
        throw new Error(
          `_FusedMatMul with the activation ${activation}: it may be linear, ${Object.keys(FUSED).join(", ")}`,
        );
      }
      const kernel = activations[FUSED[activation]];
      return kernel.evaluate(r, { x: product, alpha: preluActivationWeights }, { alpha: leakyreluAlpha });
    },
  },
};
