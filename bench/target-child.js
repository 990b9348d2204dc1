import { pointChunks } from "../dist/src/inputs/points.js";
import { findLoss } from "../dist/src/losses/catalogue.js";
import { sweepDefaults } from "../dist/src/sweep/defaults.js";
import { sweepLoss } from "../dist/src/sweep/sweep-loss.js";
import { CHUNK } from "../dist/src/sweep/sweep-points.js";
import { loadTarget } from "../dist/src/targets/targets.js";

/**
 * Prints, as JSON, what one target takes for some logits: `start` to be ready, `bare` for two implementations at both
 * labels and no more, `audited` for the whole sweep without the start; milliseconds, each the best of some rounds.
 */
const [name, logits, rounds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const LOSS = "sigmoid-cross-entropy";
const IMPLEMENTATIONS = ["naive", "softplus"];

const loss = { argument: LOSS, kind: "catalogue", name: LOSS };
/** Milliseconds that a call takes. */
const timed = async (f) => {
  const start = performance.now();
  await f();
  return performance.now() - start;
};

const guest = { loss, from: "logits" };
const begin = performance.now();
const target = await loadTarget(name, guest);
const start = performance.now() - begin;

const running = findLoss(LOSS)
  .implementations.filter((one) => IMPLEMENTATIONS.includes(one.name))
  .map((one) => target.running(one));
const chunks = [...pointChunks({ range: [-120, 120], points: logits, chunk: CHUNK })];
const out = {
  value: new Float32Array(CHUNK),
  gradient: new Float32Array(CHUNK),
  threw: new Uint8Array(CHUNK),
};
const bareRun = async () => {
  for (const label of [0, 1]) {
    const labels = new Float32Array(CHUNK).fill(label);
    for (const xs of chunks) {
      const points = {
        shape: [1],
        batched: true,
        n: xs.length,
        logits: xs,
        labels: labels.subarray(0, xs.length),
      };
      for (const one of running) await one.points(points, out);
    }
  }
};
const options = { ...sweepDefaults, implementations: IMPLEMENTATIONS, targets: [name], points: logits };
const auditedRun = () =>
  sweepLoss(guest.loss, name, options, [], { onStep: () => {}, isStopped: () => false });
const startAgain = async () => (await loadTarget(name, guest)).close();

let [bare, audited] = [Infinity, Infinity];
for (let i = 0; i < rounds; i++) {
  bare = Math.min(bare, await timed(bareRun));
  const all = await timed(auditedRun);
  audited = Math.min(audited, all - (await timed(startAgain)));
}
await target.close();
console.log(JSON.stringify({ device: target.description.device, start, bare, audited }));
process.exit(0);
