import type { Loss } from "./loss.js";
import {
  line2,
  line3,
  line4,
  line5,
  line6,
  line7,
  line8,
  naive,
} from "./sigmoid-cross-entropy/derivation.js";
import { library, overflowFree, softplus, tensorflow } from "./sigmoid-cross-entropy/overflow-free.js";

export const sigmoidCrossEntropy: Loss = {
  name: "sigmoid-cross-entropy",
  summary: "The cross entropy between a label in [0,1] and the sigmoid of a logit.",
  formula: "z*log(1 + exp(-x)) + (1-z)*log(1 + exp(x))",
  source: "TensorFlow, python/ops/nn_impl.py, sigmoid_cross_entropy_with_logits",
  point: "element",
  implementations: [
    naive,
    line2,
    line3,
    line4,
    line5,
    line6,
    line7,
    line8,
    overflowFree,
    tensorflow,
    library,
    softplus,
  ],
  reference: ["softplus", "library"],
};
