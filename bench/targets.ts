import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { environmentOf } from "../dist/src/targets/environment.js";
import { targets } from "../dist/src/targets/names.js";
import type { Benchmark, Row } from "./benchmark.js";

/** How many logits suit a target: a second or so of its kernels. */
const LOGITS: Record<string, number> = {
  wasm: 4_000_000,
  tensorflow: 4_000_000,
  "tensorflow-gpu": 4_000_000,
  "wasm-browser": 1_000_000,
};
const OTHERWISE = 200_000;
const ROUNDS = 4;
/** Implementations times labels. */
const POINTS = 4;
/** Where the kernels run in this process, on this core, and nothing waits for a device. */
const WITH_GOAL = ["wasm", "tensorflow"];
const START = 5000;

/** The big sweep on each target that is there, one after the other, each in a process of its own. */
export const eachTarget: Benchmark = {
  name: "targets",
  title: `naive and stable sigmoid-cross-entropy on each target, value and gradient, 2 labels (best of ${ROUNDS})`,
  async run() {
    return targets.flatMap(({ name, place }) => {
      const logits = LOGITS[name] ?? OTHERWISE;
      const measured = measure(name, logits);
      if (measured === undefined) return [{ what: name, result: "not there (see audit doctor)" }];
      const { device, start, bare, audited } = measured;
      const speed = (ms: number) => `${((POINTS * logits) / ms / 1000).toFixed(1)} M points/s`;
      const rows: Row[] = [
        { what: `${name}: kernels alone`, result: speed(bare), ratio: device.slice(0, 40) },
        {
          what: `${name}: audited`,
          result: speed(audited),
          ratio: `${(audited / bare).toFixed(2)} x as long`,
          ...(WITH_GOAL.includes(name) && { goal: { text: "3 x", met: audited <= 3 * bare } }),
        },
      ];
      if (place === "process") return rows;
      const goal = { text: "< 5 s", met: start < START };
      return [...rows, { what: `${name}: to its start`, result: `${(start / 1000).toFixed(1)} s`, goal }];
    });
  },
};

function measure(
  name: string,
  logits: number,
): { device: string; start: number; bare: number; audited: number } | undefined {
  const script = fileURLToPath(new URL("target-child.js", import.meta.url));
  try {
    const output = execFileSync(process.execPath, [script, name, String(logits), String(ROUNDS)], {
      encoding: "utf8",
      env: { ...process.env, ...environmentOf(name) },
      stdio: ["ignore", "pipe", "ignore"],
    });
    return JSON.parse(output.trim().split("\n").at(-1) as string);
  } catch {
    return undefined;
  }
}
