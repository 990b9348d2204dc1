import { availableParallelism, cpus, loadavg, totalmem } from "node:os";

/** What the numbers were measured on, and how busy it was. */
export function machine(): string {
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  const load = loadavg()[0].toFixed(2);
  return (
    `${cpus()[0].model.trim()}, ${availableParallelism()} cores, ${memory} GiB, ${process.platform} ${process.arch}, ` +
    `Node ${process.versions.node} (V8 ${process.versions.v8}); load ${load}`
  );
}
