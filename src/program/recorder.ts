import type { DataId, KernelBackend, KernelConfig, TensorInfo } from "@tensorflow/tfjs";
import type { Tfjs } from "../targets/tfjs.js";
import type { DType, Node, SourceLine, Value } from "./program.js";

/** tfjs refuses a backend's name with an underscore in it. */
export const RECORDER = "recorder";

/**
 * Notes every kernel that runs on the recording backend while it is the active
 * one. The kernels themselves are those of the cpu backend, so that a function
 * that reads values gets real ones.
 */
export class Recorder {
  static #active: Recorder | undefined;

  readonly values: Value[] = [];
  readonly nodes: Node[] = [];
  pass: Node["pass"] = "forward";
  readsValues = false;
  readsLabels = false;
  /** Gives the line of the forward operation whose gradient is running. */
  backwardLine: () => SourceLine | undefined = () => undefined;

  readonly #read: (id: DataId) => ArrayLike<number>;
  readonly #lineOf: ((stack: string) => SourceLine | undefined) | undefined;
  /** The values that a tensor's data holds: tfjs lets tensors of several shapes and dtypes share one data. */
  readonly #valuesOf = new WeakMap<DataId, number[]>();
  readonly #dependsOnLogits = new Set<number>();
  readonly #dependsOnLabels = new Set<number>();
  readonly #producer = new Map<number, Node>();

  constructor(read: (id: DataId) => ArrayLike<number>, lineOf?: (stack: string) => SourceLine | undefined) {
    this.#read = read;
    this.#lineOf = lineOf;
  }

  /** Runs `f` with this recorder noting the kernels. Recordings don't nest. */
  run<R>(f: () => R): R {
    if (Recorder.#active) throw new Error("A recording is already under way.");
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 30; // tfjs takes about half of them to get from an op to its kernel
    Recorder.#active = this;
    try {
      return f();
    } finally {
      Recorder.#active = undefined;
      Error.stackTraceLimit = limit;
    }
  }

  input(tensor: TensorInfo, role: "logits" | "labels"): number {
    const id = this.#define(tensor);
    (role === "logits" ? this.#dependsOnLogits : this.#dependsOnLabels).add(id);
    return id;
  }

  /** The value that a tensor holds: a result of a kernel, an input, or else a constant. */
  valueOf(tensor: TensorInfo): number {
    const values = this.#valuesOf.get(tensor.dataId);
    if (values === undefined) return this.#constant(tensor);
    return this.#find(tensor) ?? this.#reshaped(values[values.length - 1], tensor);
  }

  lineOfValue(id: number): SourceLine | undefined {
    return this.#producer.get(id)?.line;
  }

  #define(tensor: TensorInfo): number {
    const id = this.values.push({ shape: [...tensor.shape], dtype: dtypeOf(tensor) }) - 1;
    const known = this.#valuesOf.get(tensor.dataId);
    if (known) known.push(id);
    else this.#valuesOf.set(tensor.dataId, [id]);
    return id;
  }

  #constant(tensor: TensorInfo): number {
    const id = this.#define(tensor);
    const data = this.#read(tensor.dataId);
    const { dtype } = this.values[id];
    this.values[id].constant =
      dtype === "float32"
        ? Float32Array.from(data)
        : dtype === "int32"
          ? Int32Array.from(data)
          : Uint8Array.from(data);
    return id;
  }

  /** A view of the same data in another shape, which tfjs makes without a kernel. */
  #reshaped(from: number, tensor: TensorInfo): number {
    const id = this.#define(tensor);
    const producer = this.#producer.get(from);
    this.#push({
      kernel: "Reshape",
      inputs: [{ name: "x", value: from }],
      attrs: { shape: [...tensor.shape] },
      outputs: [id],
      pass: this.pass,
      get line() {
        return producer?.line;
      },
    });
    return id;
  }

  /** The newest value of the same data, shape and dtype. */
  #find(tensor: TensorInfo): number | undefined {
    return this.#valuesOf.get(tensor.dataId)?.findLast((id) => {
      const { shape, dtype } = this.values[id];
      return (
        dtype === tensor.dtype &&
        shape.length === tensor.shape.length &&
        shape.every((n, i) => n === tensor.shape[i])
      );
    });
  }

  #push(node: Node): void {
    this.nodes.push(node);
    for (const output of node.outputs) {
      this.#producer.set(output, node);
      for (const set of [this.#dependsOnLogits, this.#dependsOnLabels]) {
        if (node.inputs.some((input) => set.has(input.value))) set.add(output);
      }
    }
  }

  #note(config: KernelConfig, args: Parameters<KernelConfig["kernelFunc"]>[0]): TensorInfo | TensorInfo[] {
    const inputs = Object.entries(args.inputs)
      .filter(([, tensor]) => tensor != null)
      .map(([name, tensor]) => ({ name, value: this.valueOf(tensor as TensorInfo) }));
    const line = this.#lineHere();
    Recorder.#active = undefined; // a kernel's own reads are not the function's
    let results: TensorInfo | TensorInfo[];
    try {
      results = config.kernelFunc(args);
    } finally {
      Recorder.#active = this;
    }
    // A kernel that gave its input back (Identity, a Cast or Reshape to what it was) is no step of the program.
    if (!Array.isArray(results) && this.#find(results) !== undefined) return results;
    const outputs = (Array.isArray(results) ? results : [results]).map((result) => this.#define(result));
    this.#push({
      kernel: config.kernelName,
      inputs,
      attrs: { ...(args.attrs as object) },
      outputs,
      pass: this.pass,
      get line() {
        return line();
      },
    });
    return results;
  }

  /** Gives the source line of the kernel that is running. Few are ever asked for, and to read a stack takes long. */
  #lineHere(): () => SourceLine | undefined {
    const lineOf = this.#lineOf;
    if (lineOf === undefined) return () => undefined;
    const backwardLine = this.pass === "backward" ? this.backwardLine : undefined;
    const stack = new Error();
    let line: SourceLine | undefined | null = null;
    return () => {
      if (line === null) line = lineOf(stack.stack ?? "") ?? backwardLine?.();
      return line;
    };
  }

  static #noteReadOf(id: DataId): void {
    const recorder = Recorder.#active;
    const value = recorder === undefined ? undefined : recorder.#valuesOf.get(id)?.[0];
    if (recorder === undefined || value === undefined) return;
    if (recorder.#dependsOnLogits.has(value)) recorder.readsValues = true;
    else if (recorder.#dependsOnLabels.has(value)) recorder.readsLabels = true;
  }

  /** Registers the recording backend with tfjs, once. */
  static register(tf: Tfjs): void {
    if (RECORDER in tf.engine().registryFactory) return;
    const Cpu = tf.findBackend("cpu").constructor as new () => KernelBackend;
    class RecordingBackend extends Cpu {
      override readSync(id: object) {
        Recorder.#noteReadOf(id);
        return super.readSync(id);
      }
      override read(id: object) {
        Recorder.#noteReadOf(id);
        return super.read(id);
      }
    }
    tf.registerBackend(RECORDER, () => new RecordingBackend());
    for (const config of tf.getKernelsForBackend("cpu")) {
      tf.registerKernel({
        ...config,
        backendName: RECORDER,
        kernelFunc: (args) =>
          Recorder.#active ? Recorder.#active.#note(config, args) : config.kernelFunc(args),
      });
    }
  }
}

function dtypeOf(tensor: TensorInfo): DType {
  if (tensor.dtype === "float32" || tensor.dtype === "int32" || tensor.dtype === "bool") return tensor.dtype;
  throw new Error(
    `A tensor of dtype ${tensor.dtype} can't be audited: losses are audited in float32, int32 and bool.`,
  );
}
