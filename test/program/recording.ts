import { fileURLToPath } from "node:url";
import type { LossFunction } from "../../src/losses/loss.js";
import type { Program, SourceLine } from "../../src/program/program.js";
import { record } from "../../src/program/record.js";
import { loadTfjs } from "../../src/targets/tfjs.js";

export const tf = await loadTfjs();
await tf.setBackend("cpu");

const here = fileURLToPath(new URL(".", import.meta.url));

/** The first frame of a stack that is in a test of this folder, as a loss; the frames that called the recorder come after its own. */
export function lineOf(stack: string): SourceLine | undefined {
  for (const line of stack.split("\n")) {
    if (line.includes("/src/program/record.ts")) return undefined;
    const match = /(?:file:\/\/)?(\/[^()]*\.test\.ts):(\d+):\d+\)?$/.exec(line);
    if (match?.[1].startsWith(here)) return { file: match[1].slice(here.length), line: Number(match[2]) };
  }
  return undefined;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

/** Records a function for logits 0.25, 1.25, … and labels 1, 0, 1, … unless they are given. */
export function recorded(
  f: LossFunction,
  shape: readonly number[] = [3],
  given: { logits?: number[]; labels?: number[] } = {},
): Program {
  const size = sizeOf(shape);
  const logits = Float32Array.from(given.logits ?? Array.from({ length: size }, (_, i) => i + 0.25));
  const labels = Float32Array.from(given.labels ?? Array.from({ length: size }, (_, i) => 1 - (i % 2)));
  return record(tf, f, { shape, logits, labels }, lineOf);
}

export const kernelsOf = ({ nodes }: Program, pass?: "forward" | "backward") =>
  nodes.filter((node) => pass === undefined || node.pass === pass).map(({ kernel }) => kernel);
