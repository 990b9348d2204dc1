import type { CorpusEntry } from "../../../src/fuzz/corpus/entry.js";

/** An entry with every key, whose numbers were taken from IEEE 754's tables, not from our code. */
export function fullEntry(): CorpusEntry {
  return {
    schema: 1,
    version: "0.1.0",
    id: "my-loss/naive/cpu/gradient/nan/Log",
    loss: "./my-loss.ts",
    implementation: "naive",
    target: "cpu",
    quantity: "gradient",
    kind: "nan",
    severity: "error",
    message: "The gradient is NaN.\nIt is 0.",
    from: "logits",
    rtol: 1e-4,
    atol: 1e-6,
    with: ["stable", "clamped"],
    parameters: { alpha: 2, beta: 0.1 },
    kernel: "Log",
    against: "stable",
    training: {
      optimizer: "gradient descent",
      learningRate: 0.1,
      steps: 12,
      outcome: "nan",
      start: [{ value: "-0", bits: "0x80000000" }],
      survivors: ["stable"],
    },
    index: 1,
    example: {
      shape: [1, 2],
      logits: [
        { value: 88.72284, bits: "0x42b17218" },
        { value: "-Infinity", bits: "0xff800000" },
      ],
      labels: [
        { value: 1, bits: "0x3f800000" },
        { value: "NaN", bits: "0x7fc00000" },
      ],
    },
  };
}

/** One with only the keys that every entry has. */
export function smallEntry(changes: Partial<CorpusEntry> = {}): CorpusEntry {
  const { with: _, parameters, kernel, against, training, ...rest } = fullEntry();
  return { ...rest, ...changes };
}
