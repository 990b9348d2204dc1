import type { Tensor } from "@tensorflow/tfjs";
import tf from "../../targets/shared-tfjs.cjs";

/** [z = 1] as float32: the centres of objects. */
export const positiveMask = (z: Tensor): Tensor => tf.cast(tf.equal(z, 1), "float32");

/** [z < 1] as float32. CenterNet's negatives: a label above 1 is neither. */
export const negativeMask = (z: Tensor): Tensor => tf.cast(tf.less(z, 1), "float32");
