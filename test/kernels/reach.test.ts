import { describe, expect, test } from "vitest";
import { kernels } from "../../src/kernels/index.js";
import { expectMeaning, kernelRuns, tf } from "./cpu.js";

type Unary = (x: tf.Tensor) => tf.Tensor;

/** Ops of one float tensor of shape [2, 3] with positive numbers below 1, where all of them are defined. */
const UNARY: Record<string, Unary> = {
  abs: tf.abs,
  acos: tf.acos,
  acosh: (x) => tf.acosh(tf.add(x, 1)),
  asin: tf.asin,
  asinh: tf.asinh,
  atan: tf.atan,
  atanh: tf.atanh,
  ceil: tf.ceil,
  clipByValue: (x) => tf.clipByValue(x, 0.2, 0.6),
  cos: tf.cos,
  cosh: tf.cosh,
  elu: tf.elu,
  erf: tf.erf,
  exp: tf.exp,
  expm1: tf.expm1,
  floor: tf.floor,
  leakyRelu: tf.leakyRelu,
  log: tf.log,
  log1p: tf.log1p,
  logSigmoid: tf.logSigmoid,
  neg: tf.neg,
  prelu: (x) => tf.prelu(x, tf.tensor1d([0.1, 0.2, 0.3])),
  reciprocal: tf.reciprocal,
  relu: tf.relu,
  relu6: tf.relu6,
  round: tf.round,
  rsqrt: tf.rsqrt,
  selu: tf.selu,
  sigmoid: tf.sigmoid,
  sign: tf.sign,
  sin: tf.sin,
  sinh: tf.sinh,
  softplus: tf.softplus,
  sqrt: tf.sqrt,
  square: tf.square,
  step: tf.step,
  tan: tf.tan,
  tanh: tf.tanh,

  sum: (x) => tf.sum(x, 1),
  mean: (x) => tf.mean(x, 0, true),
  prod: (x) => tf.prod(x, 1),
  max: (x) => tf.max(x, 1),
  min: (x) => tf.min(x, 0),
  moments: (x) => tf.add(...(Object.values(tf.moments(x)) as [tf.Tensor, tf.Tensor])),
  logSumExp: (x) => tf.logSumExp(x, 1),
  softmax: tf.softmax,
  logSoftmax: tf.logSoftmax,
  "norm 1": (x) => tf.norm(x, 1),
  "norm 2": (x) => tf.norm(x, 2, 1),
  "norm 3": (x) => tf.norm(x, "euclidean"),
  "norm inf": (x) => tf.norm(x, Number.POSITIVE_INFINITY),
  "norm -inf": (x) => tf.norm(x, Number.NEGATIVE_INFINITY),
  cumsum: (x) => tf.cumsum(x, 1, true, true),

  broadcastTo: (x) => tf.broadcastTo(x, [4, 2, 3]),
  cast: (x) => tf.cast(x, "float32"),
  clone: tf.clone,
  concat: (x) => tf.concat([x, x], 1),
  expandDims: (x) => tf.expandDims(x, 1),
  flatten: (x) => x.flatten(),
  gather: (x) => tf.gather(x, tf.tensor1d([0, 2, 0], "int32"), 1),
  mirrorPad: (x) =>
    tf.mirrorPad(
      x,
      [
        [1, 0],
        [0, 1],
      ],
      "reflect",
    ),
  pad: (x) =>
    tf.pad(
      x,
      [
        [1, 0],
        [0, 1],
      ],
      0.5,
    ),
  reshape: (x) => tf.reshape(x, [3, 2]),
  reverse: (x) => tf.reverse(x, 1),
  slice: (x) => tf.slice(x, [0, 1], [2, 1]),
  split: (x) => tf.add(...(tf.split(x, [1, 1, 1], 1).slice(1) as [tf.Tensor, tf.Tensor])),
  squeeze: (x) => tf.squeeze(tf.slice(x, 0, 1)),
  stack: (x) => tf.stack([x, x], 1),
  tile: (x) => tf.tile(x, [2, 1]),
  transpose: (x) => tf.transpose(x),
  unstack: (x) => tf.unstack(x)[1],
  unsortedSegmentSum: (x) => tf.unsortedSegmentSum(x, tf.tensor1d([0, 1], "int32"), 2),

  add: (x) => tf.add(x, tf.tensor1d([1, 2, 3])),
  addN: (x) => tf.addN([x, x]),
  atan2: (x) => tf.atan2(x, tf.tensor1d([1, 2, 3])),
  div: (x) => tf.div(tf.tensor1d([1, 2, 3]), x),
  maximum: (x) => tf.maximum(x, 0.5),
  minimum: (x) => tf.minimum(x, 0.5),
  mod: (x) => tf.mod(x, 0.3),
  mul: (x) => tf.mul(x, tf.tensor1d([1, 2, 3])),
  pow: (x) => tf.pow(x, 3),
  squaredDifference: (x) => tf.squaredDifference(x, tf.tensor1d([1, 2, 3])),
  sub: (x) => tf.sub(x, tf.tensor1d([1, 2, 3])),
  where: (x) => tf.where(tf.tensor1d([1, 0, 1], "bool"), x, tf.square(x)),

  matMul: (x) => tf.matMul(x, tf.ones([3, 2])),
  "matMul of transposes": (x) => tf.matMul(x, tf.ones([2, 2]), true, true),
  dot: (x) => tf.dot(x, tf.tensor1d([1, 2, 3])),
  outerProduct: (x) => tf.outerProduct(x.flatten() as tf.Tensor1D, tf.tensor1d([1, 2])),
  "fused.matMul": (x) =>
    tf.fused.matMul({ a: x as tf.Tensor2D, b: tf.ones([3, 2]), bias: tf.ones([2]), activation: "relu" }),

  absoluteDifference: (x) => tf.losses.absoluteDifference(tf.zeros([2, 3]), x),
  cosineDistance: (x) => tf.losses.cosineDistance(tf.ones([2, 3]), x, 1),
  hingeLoss: (x) => tf.losses.hingeLoss(tf.ones([2, 3]), x),
  huberLoss: (x) => tf.losses.huberLoss(tf.zeros([2, 3]), x, undefined, 0.5),
  logLoss: (x) => tf.losses.logLoss(tf.ones([2, 3]), x),
  meanSquaredError: (x) => tf.losses.meanSquaredError(tf.zeros([2, 3]), x, tf.ones([2, 3])),
  sigmoidCrossEntropy: (x) => tf.losses.sigmoidCrossEntropy(tf.ones([2, 3]), x),
  "sigmoidCrossEntropy, smoothed": (x) => tf.losses.sigmoidCrossEntropy(tf.ones([2, 3]), x, undefined, 0.1),
  softmaxCrossEntropy: (x) => tf.losses.softmaxCrossEntropy(tf.ones([2, 3]), x),
  "softmaxCrossEntropy, summed": (x) =>
    tf.losses.softmaxCrossEntropy(tf.ones([2, 3]), x, undefined, 0.1, tf.Reduction.SUM),
  computeWeightedLoss: (x) =>
    tf.losses.computeWeightedLoss(x, tf.tensor1d([0, 1, 2]), tf.Reduction.SUM_BY_NONZERO_WEIGHTS),
};

/** Ops without a gradient, or whose gradient tfjs 4.22 can't make. */
const FORWARD_ONLY: Record<string, Unary> = {
  all: (x) => tf.all(tf.greater(x, 0)),
  any: (x) => tf.any(tf.less(x, 0)),
  argMax: (x) => tf.argMax(x, 1),
  argMin: (x) => tf.argMin(x, 0),
  "cast to int32": (x) => tf.cast(x, "int32"),
  cumprod: (x) => tf.cumprod(x, 1),
  diag: (x) => tf.diag(x.flatten()),
  divNoNan: (x) => tf.divNoNan(x, tf.tensor1d([0, 1, 2])),
  einsum: (x) => tf.einsum("ij,kj->ik", x, x),
  equal: (x) => tf.equal(x, 0.5),
  fill: () => tf.fill([2], 3),
  floorDiv: (x) => tf.floorDiv(x, 0.3),
  gatherND: (x) => tf.gatherND(x, tf.tensor2d([[0, 1]], [1, 2], "int32")),
  greater: (x) => tf.greater(x, 0.5),
  greaterEqual: (x) => tf.greaterEqual(x, 0.5),
  isFinite: tf.isFinite,
  isInf: tf.isInf,
  isNaN: tf.isNaN,
  less: (x) => tf.less(x, 0.5),
  lessEqual: (x) => tf.lessEqual(x, 0.5),
  linspace: () => tf.linspace(0, 1, 3),
  logicalAnd: (x) => tf.logicalAnd(tf.greater(x, 0), tf.less(x, 1)),
  logicalNot: (x) => tf.logicalNot(tf.greater(x, 0)),
  logicalOr: (x) => tf.logicalOr(tf.greater(x, 0), tf.less(x, 1)),
  logicalXor: (x) => tf.logicalXor(tf.greater(x, 0), tf.less(x, 1)),
  notEqual: (x) => tf.notEqual(x, 0.5),
  oneHot: () => tf.oneHot(tf.tensor1d([0, 2], "int32"), 3),
  onesLike: tf.onesLike,
  range: () => tf.range(0, 3),
  scatterND: () => tf.scatterND(tf.tensor2d([[1]], [1, 1], "int32"), tf.tensor1d([2]), [3]),
  stridedSlice: (x) => tf.stridedSlice(x, [0, 2], [2, 0], [1, -1]),
  topk: (x) => tf.topk(x, 2).values,
  zerosLike: tf.zerosLike,
};

const input = () => tf.tensor2d([0.1, 0.7, 0.4, 0.3, 0.9, 0.6], [2, 3]);

/** Asserts that every kernel that `f` reaches has a meaning, and that the meaning is what tfjs computed. */
function expectMeanings(f: () => void): void {
  const runs = kernelRuns(f);
  expect(runs.length).toBeGreaterThan(0);
  expect(runs.map(({ name }) => name).filter((name) => !(name in kernels))).toEqual([]);
  // Erf is the coarsest, 1.5e-7 off (elementwise.test.ts); everything here is of order 1.
  for (const run of runs) expectMeaning(run, { ulps: 4, scale: 1 });
}

describe("every kernel that an op reaches means what tfjs computes there", () => {
  test.each(Object.entries(UNARY))("%s, forward and in its gradient", (_, op) => {
    expectMeanings(() => {
      expect(tf.grad((x) => op(x))(input()).shape).toEqual([2, 3]);
    });
  });

  test.each(Object.entries(FORWARD_ONLY))("%s, forward", (_, op) => {
    expectMeanings(() => {
      op(input());
    });
  });
});

/** Why the kernels of the cpu backend that have no meaning have none. */
const WITHOUT_MEANING: Record<string, string> = {
  "convolutions, pooling and normalisation: layers of a network, not losses":
    "AvgPool AvgPool3D AvgPool3DGrad AvgPoolGrad Conv2D Conv2DBackpropFilter Conv2DBackpropInput " +
    "Conv3D Conv3DBackpropFilterV2 Conv3DBackpropInputV2 DepthwiseConv2dNative " +
    "DepthwiseConv2dNativeBackpropFilter DepthwiseConv2dNativeBackpropInput Dilation2D " +
    "Dilation2DBackpropFilter Dilation2DBackpropInput FusedBatchNorm FusedConv2D " +
    "FusedDepthwiseConv2D LRN LRNGrad MaxPool MaxPool3D MaxPool3DGrad MaxPoolGrad MaxPoolWithArgmax",
  "images: resampling, boxes, and layouts for convolutions":
    "BatchToSpaceND CropAndResize DepthToSpace Draw FlipLeftRight NonMaxSuppressionV3 " +
    "NonMaxSuppressionV4 NonMaxSuppressionV5 ResizeBilinear ResizeBilinearGrad ResizeNearestNeighbor " +
    "ResizeNearestNeighborGrad RotateWithOffset SpaceToBatchND Transform",
  "complex numbers: an arithmetic has none": "Complex ComplexAbs FFT IFFT Imag Real",
  "strings: not numbers": "StaticRegexReplace StringNGrams StringSplit StringToHashBucketFast",
  "sparse and ragged tensors: the shape of the output depends on values, or no gradient":
    "RaggedGather RaggedRange RaggedTensorToTensor SparseFillEmptyRows SparseReshape " +
    "SparseSegmentMean SparseSegmentSum SparseToDense TensorScatterUpdate",
  "integers and shapes, with no gradient: counting, searching, bits":
    "Bincount BitwiseAnd BroadcastArgs DenseBincount SearchSorted Unique",
  "random: no function of its inputs": "Multinomial",
};

describe("kernels of the cpu backend without a meaning", () => {
  test("are these, for these reasons", () => {
    const missing = tf
      .getKernelsForBackend("cpu")
      .map(({ kernelName }) => kernelName)
      .filter((name) => !(name in kernels));
    expect(missing.sort()).toEqual(Object.values(WITHOUT_MEANING).join(" ").split(" ").sort());
  });

  test("no meaning is of a kernel that tfjs lacks", () => {
    const registered = tf.getKernelsForBackend("cpu").map(({ kernelName }) => kernelName);
    expect(Object.keys(kernels).filter((name) => !registered.includes(name))).toEqual([]);
  });
});
