import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Benchmark } from "./benchmark.js";

/** Of each of two losses. */
const SECONDS = 300;
/** What the resident set may grow by, in MB a minute, once both losses have warmed up. */
const SLOPE = 2;

type Sample = [seconds: number, megabytes: number];

/** The memory of a process over ten minutes of fuzzing, and its slope over the last two thirds of each loss. */
export const fuzzMemory: Benchmark = {
  name: "fuzz-memory",
  title: "Memory over ten minutes of fuzzing (resident set of its process)",
  onRequest: true,
  async run() {
    const script = fileURLToPath(new URL("fuzz-memory-child.js", import.meta.url));
    const output = execFileSync(process.execPath, [script, String(SECONDS)], { encoding: "utf8" });
    const samples = output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Sample);
    return ["many inputs at once", "whole maps"].map((what, i) => {
      const from = i * SECONDS + SECONDS / 3;
      const part = samples.filter(([seconds]) => seconds >= from && seconds < (i + 1) * SECONDS);
      const peak = Math.max(...part.map(([, megabytes]) => megabytes));
      const slope = slopeOf(part) * 60;
      return {
        what,
        result: `${slope.toFixed(2)} MB/min`,
        ratio: `peak ${peak.toFixed(0)} MB`,
        goal: { text: `< ${SLOPE} MB/min`, met: slope < SLOPE },
      };
    });
  },
};

/** Of the line of least squares, in MB a second. */
function slopeOf(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [x, y] = [mean(([seconds]) => seconds), mean(([, megabytes]) => megabytes)];
  const covariance = mean(([seconds, megabytes]) => (seconds - x) * (megabytes - y));
  return covariance / mean(([seconds]) => (seconds - x) ** 2);
}
