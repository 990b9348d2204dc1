import { readFileSync } from "node:fs";
import type { OptimizerName } from "../../../src/fuzz/training/optimizers.js";

/** What fixtures/training/pytorch.py wrote. */
export interface PyTorch {
  starts: number[];
  /** Numbers after so many steps. */
  rules: { optimizer: OptimizerName; learningRate: number; numbers: Record<string, number[]> }[];
  trained: {
    loss: string;
    start: number[];
    labels: number[];
    optimizer: OptimizerName;
    learningRate: number;
    /** The numbers before each step. */
    path: number[][];
    end: "finite" | "nan" | "infinity";
  }[];
}

const file = new URL("../../../fixtures/training/pytorch.json", import.meta.url);
export const pytorch = JSON.parse(readFileSync(file, "utf8")) as PyTorch;

/** The one run of a loss of that name from that start. */
export function trainedBy(loss: string, start: number): PyTorch["trained"][number] {
  const found = pytorch.trained.filter((run) => run.loss === loss && run.start[0] === start);
  if (found.length !== 1) throw new Error(`pytorch.json has ${found.length} runs of ${loss} from ${start}.`);
  return found[0];
}
