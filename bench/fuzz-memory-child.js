// Searches a loss that takes many inputs at once and one of whole maps, argv[2] seconds each, and prints every five
// seconds which of them it is, the seconds since the start, the heap in use after a garbage collection, and the resident set, in MB.
import { fuzzDefaults } from "../dist/src/fuzz/defaults.js";
import { fuzzLoss } from "../dist/src/fuzz/fuzz-loss.js";

const started = performance.now();
const sample = () => {
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  console.log(
    JSON.stringify([which, (performance.now() - started) / 1000, heapUsed / 2 ** 20, rss / 2 ** 20]),
  );
};
let sampled = started;
let which = 0;
const hooks = {
  onStep: () => {
    if (performance.now() - sampled < 5000) return;
    sampled = performance.now();
    sample();
  },
  onNews: () => {},
  isStopped: () => false,
};
for (const name of ["softmax-cross-entropy", "heatmap-focal"]) {
  // Training runs end by themselves: what they take for a while would look like a slope.
  const properties = fuzzDefaults.properties.filter((property) => property !== "training");
  const options = { ...fuzzDefaults, properties, seed: 1, time: Number(process.argv[2]), maxFindings: 1e6 };
  const loss = { argument: name, kind: "catalogue", name };
  await fuzzLoss({ loss, target: "cpu", options, replays: [], skip: [] }, hooks);
  which += 1;
}
