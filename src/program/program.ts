/** A recorded tfjs function: plain data, the kernels of its value and gradient. */

export type DType = "float32" | "int32" | "bool";

export interface SourceLine {
  file: string;
  line: number;
}

/** A tensor of the program. Its index in `Program.values` is its name. */
export interface Value {
  shape: readonly number[];
  dtype: DType;
  /** The data of a constant: exact float32, int32 or 0/1 values. */
  constant?: Float32Array | Int32Array | Uint8Array;
}

/** One run of one tfjs kernel. */
export interface Node {
  /** The name in tfjs's kernel registry, such as `Sigmoid`. */
  kernel: string;
  /** Named as the kernel names them; a kernel of a list (Concat, Pack, AddN) has "0", "1", … */
  inputs: { name: string; value: number }[];
  attrs: Record<string, unknown>;
  outputs: number[];
  pass: "forward" | "backward";
  line?: SourceLine;
}

export interface Program {
  values: Value[];
  /** In the order in which they ran, so every input comes before its use. */
  nodes: Node[];
  logits: number;
  labels: number;
  /** The loss, of any shape. */
  value: number;
  /** d(sum of the loss)/d(logits), of the shape of the logits; absent when tfjs could not make it. */
  gradient?: number;
  /** True when the function read values that depend on the logits: the program then holds for this input alone. */
  readsValues: boolean;
  /** True when it read values that depend on the labels: the program then holds for these labels alone. */
  readsLabels: boolean;
  /** Why there is no gradient: what tfjs threw. */
  gradientError?: string;
}
