import { activations } from "./activations.js";
import { creation } from "./creation.js";
import { einsum } from "./einsum.js";
import { elementwiseBinary } from "./elementwise-binary.js";
import { elementwiseUnary } from "./elementwise-unary.js";
import { extrema } from "./extrema.js";
import { indexing } from "./indexing.js";
import { joining } from "./joining.js";
import type { Kernel } from "./kernel.js";
import { logic } from "./logic.js";
import { matMuls } from "./matmul.js";
import { movement } from "./movement.js";
import { reductions } from "./reductions.js";
import { scans } from "./scan.js";
import { scatter } from "./scatter.js";
import { softmax } from "./softmax.js";
import { stridedSlice } from "./strided-slice.js";

/**
 * What each kernel means, by its name in the kernel registry of tfjs 4.22.
 * Throughout, `r` is the arithmetic that a kernel is evaluated in; "the reals"
 * are the one that it means.
 */
export const kernels: Record<string, Kernel> = {
  ...elementwiseUnary,
  ...elementwiseBinary,
  ...activations,
  ...logic,
  ...reductions,
  ...extrema,
  ...softmax,
  ...scans,
  ...matMuls,
  ...einsum,
  ...creation,
  ...movement,
  ...joining,
  ...stridedSlice,
  ...indexing,
  ...scatter,
};
