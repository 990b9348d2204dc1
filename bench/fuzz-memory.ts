import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Benchmark } from "./benchmark.js";

/** Of each of two losses. */
const SECONDS = 300;
/** What may come to be in use, in MB a minute, once a loss has warmed up. */
const SLOPE = 2;

type Sample = [which: number, seconds: number, used: number, resident: number];

/** The heap in use over ten minutes of fuzzing: its slope over the last two thirds of each loss, and the largest resident set. */
export const fuzzMemory: Benchmark = {
  name: "fuzz-memory",
  title:
    "Memory over ten minutes of fuzzing: the heap in use after a garbage collection, and the resident set",
  onRequest: true,
  async run() {
    const script = fileURLToPath(new URL("fuzz-memory-child.js", import.meta.url));
    const output = execFileSync(process.execPath, ["--expose-gc", script, String(SECONDS)], {
      encoding: "utf8",
    });
    const samples = output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Sample);
    return ["many inputs at once", "whole maps"].map((what, i) => {
      const all = samples.filter(([which]) => which === i);
      const part = all.slice(Math.floor(all.length / 3));
      const peak = Math.max(...part.map(([, , , resident]) => resident));
      const slope = slopeOf(part) * 60;
      return {
        what,
        result: `${slope.toFixed(2)} MB/min`,
        ratio: `resident ${peak.toFixed(0)} MB`,
        goal: { text: `< ${SLOPE} MB/min`, met: slope < SLOPE },
      };
    });
  },
};

/** Of the line of least squares, in MB a second. */
function slopeOf(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [x, y] = [mean(([, seconds]) => seconds), mean(([, , used]) => used)];
  const covariance = mean(([, seconds, used]) => (seconds - x) * (used - y));
  return covariance / mean(([, seconds]) => (seconds - x) ** 2);
}
