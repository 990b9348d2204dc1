import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Benchmark } from "./benchmark.js";
import { median } from "./time.js";

const RUNS = 7;
const command = fileURLToPath(new URL("../bin/run.js", import.meta.url));

/** The wait for the first answer, from the start of the process to the first table on stdout, beside what Node takes. */
export const firstTable: Benchmark = {
  name: "first-table",
  title: `First table of audit sweep softplus, built tree (median of ${RUNS})`,
  async run() {
    const times = { node: [] as number[], version: [] as number[], sweep: [] as number[] };
    for (let i = 0; i < RUNS; i++) {
      times.node.push(await untilOutput(["-e", "console.log(0)"]));
      times.version.push(await untilOutput([command, "--version"]));
      times.sweep.push(await untilOutput([command, "sweep", "softplus"]));
    }
    const [node, version, sweep] = [times.node, times.version, times.sweep].map(median);
    const row = (what: string, ms: number) => ({
      what,
      result: `${ms.toFixed(0)} ms`,
      ratio: `${(ms / node).toFixed(1)} x node`,
    });
    return [
      row("node -e 'console.log(0)'", node),
      row("audit --version", version),
      { ...row("audit sweep softplus", sweep), goal: { text: "< 1500 ms", met: sweep < 1500 } },
    ];
  },
};

/** Milliseconds until a Node process first writes to stdout. It runs to its end, so that it disturbs none after it. */
function untilOutput(args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    let first: number | undefined;
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
    child.stdout.on("data", () => {
      first ??= performance.now() - start;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (first === undefined)
        reject(new Error(`node ${args.join(" ")} printed nothing and ended with ${code}.`));
      else resolve(first);
    });
  });
}
