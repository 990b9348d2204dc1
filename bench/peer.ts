import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export type Peer =
  | { found: false; reason: string }
  /** Milliseconds of one sweep: the first of a process, without its imports, and the best of four. */
  | { found: true; name: string; cold: number; warm: number };

const PEERS = [
  { module: "torch", script: "sweep_pytorch.py" },
  { module: "numpy", script: "sweep_numpy.py" },
];

/**
 * Runs what a practitioner would write in Python for the same question, by the
 * interpreter that the environment variable PYTHON names, else python3: with
 * PyTorch, or with NumPy where there is no PyTorch.
 */
export function runPeer(logits: number): Peer {
  const python = process.env.PYTHON ?? "python3";
  for (const { module, script } of PEERS) {
    const version = run(python, ["-c", `import ${module}; print(${module}.__version__)`]);
    if (version === undefined) continue;
    const sweep = (times: number) =>
      secondsOf(run(python, [pathOf(script), "1", String(logits), String(times)]), script);
    return { found: true, name: `${script} (${module} ${version.trim()})`, cold: sweep(1), warm: sweep(4) };
  }
  return { found: false, reason: `${python} has neither torch nor numpy: set PYTHON to one that has` };
}

function pathOf(script: string): string {
  return fileURLToPath(new URL(`peers/${script}`, import.meta.url));
}

function run(python: string, args: string[]): string | undefined {
  const env = { ...process.env, OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  try {
    return execFileSync(python, args, { encoding: "utf8", env, stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return undefined;
  }
}

function secondsOf(output: string | undefined, script: string): number {
  const seconds = /^sweep .*?: ([\d.]+) s/m.exec(output ?? "")?.[1];
  if (seconds === undefined)
    throw new Error(`bench/peers/${script} did not print its time: ${output ?? "it failed"}`);
  return Number(seconds) * 1000;
}
