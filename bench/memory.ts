import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Benchmark } from "./benchmark.js";

const LIMIT = 600;

/** The peak memory of a process that sweeps 100 million points, beside one that sweeps a hundredth of them. */
export const memory: Benchmark = {
  name: "memory",
  title: "Peak memory of a sweep in chunks (resident set of its process)",
  onRequest: true,
  async run() {
    return [250_000, 25_000_000].map((logits) => {
      const { points, peak, seconds } = sweepIn(logits);
      return {
        what: `${(points / 1e6).toFixed(0)} million points`,
        result: `${peak.toFixed(0)} MB`,
        ratio: `${seconds.toFixed(1)} s`,
        goal: { text: `< ${LIMIT} MB`, met: peak < LIMIT },
      };
    });
  },
};

function sweepIn(logits: number): { points: number; peak: number; seconds: number } {
  const script = fileURLToPath(new URL("memory-child.js", import.meta.url));
  const output = execFileSync(process.execPath, [script, String(logits)], { encoding: "utf8" });
  return JSON.parse(output);
}
