import type { CorpusEntry } from "../../../src/fuzz/corpus/entry.js";
import { exampleOf } from "../../../src/fuzz/corpus/example.js";
import { smallEntry } from "./samples.js";

/** Two entries with a heat map of 32 x 32 x 3, of numbers that are quick to print: files of some 300 KB. */
export function versionsOf(version: number): CorpusEntry[] {
  const shape = [1, 32, 32, 3];
  const logits = new Float32Array(32 * 32 * 3).fill(version);
  const example = exampleOf({ shape, logits, labels: logits });
  return ["first", "second"].map((id) => smallEntry({ id, message: `Version ${version}.`, example }));
}
