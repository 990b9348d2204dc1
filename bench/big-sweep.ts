import type { Tensor } from "@tensorflow/tfjs";
import { TargetFunction } from "../dist/src/evaluate/target-function.js";
import { pointChunks } from "../dist/src/inputs/points.js";
import type { LossFunction } from "../dist/src/losses/loss.js";
import { sweepDefaults } from "../dist/src/sweep/defaults.js";
import { WHOLE } from "../dist/src/sweep/piece.js";
import { noWorst, PointJudge } from "../dist/src/sweep/point-judge.js";
import { sweepLoss } from "../dist/src/sweep/sweep-loss.js";
import type { Computed } from "../dist/src/targets/target.js";
import type { Benchmark, Row } from "./benchmark.js";
import { catalogued, newPrecisions, prepared, target, tf } from "./losses.js";
import { type Peer, runPeer } from "./peer.js";
import { fastest, timed } from "./time.js";

const LOSS = "sigmoid-cross-entropy";
const LABELS = [0, 1];
const LOGITS = 1_000_000;
/** The chunk of `audit sweep`. */
const CHUNK = 65_536;
const ROUNDS = 8;
const STABLE = ["softplus", "tensorflow"];

/**
 * The same numbers with and without an audit, in the same run: value and
 * gradient of two implementations at a million logits and two labels on wasm. A
 * point is one implementation at one logit and label. All on one thread.
 */
export const bigSweep: Benchmark = {
  name: "big-sweep",
  title: `${LOGITS.toLocaleString("en-US")} logits x 2 labels x 2 implementations of ${LOSS}, value and gradient, wasm (best of ${ROUNDS})`,
  async run() {
    const rows: Row[] = [];
    let warm = Infinity;
    for (const stable of STABLE) {
      const pair = ["naive", stable];
      const sweep = () => sweepPair(pair);
      const cold = await timed(sweep);
      const bare = await bareOf(pair);
      let [audit, kernels] = [Infinity, Infinity];
      for (let i = 0; i < ROUNDS; i++) {
        audit = Math.min(audit, await timed(sweep));
        kernels = Math.min(kernels, await timed(bare));
      }
      warm = Math.min(warm, audit);
      const name = `naive + ${stable}`;
      rows.push({ what: `${name}: bare kernels`, ...speed(kernels) });
      if (stable === STABLE[0]) rows.push({ what: `${name}: audited, cold`, ...speed(cold, kernels) });
      rows.push({
        what: `${name}: audited`,
        ...speed(audit, kernels),
        goal: {
          text: "8 M points/s, 3 x bare",
          met: pointsOf(audit) >= 8e6 && audit <= 3 * kernels,
        },
      });
      rows.push(...(await partsOf(pair, kernels, audit)));
    }
    return [...rows, ...peerRows(await runPeer(LOGITS), warm)];
  },
};

function pointsOf(ms: number): number {
  return (2 * LABELS.length * LOGITS) / (ms / 1000);
}

function speed(ms: number, bare?: number): { result: string; ratio?: string } {
  const points = pointsOf(ms) / 1e6;
  const ns = (ms * 1e6) / (2 * LABELS.length * LOGITS);
  return {
    result: `${ms.toFixed(0)} ms = ${points.toFixed(1)} M points/s = ${ns.toFixed(1)} ns`,
    ...(bare && { ratio: `${(ms / bare).toFixed(2)} x bare` }),
  };
}

/** All that `audit sweep` does in its process: recording, oracle, judging, exact boundaries, reasons. */
async function sweepPair(implementations: string[]): Promise<void> {
  const options = { ...sweepDefaults, losses: [LOSS], implementations, targets: ["wasm"], points: LOGITS };
  const job = { loss: catalogued(LOSS), target: "wasm", options, part: WHOLE, skip: [], ended: [] };
  const { errors } = await sweepLoss(job, {
    onStep: () => {},
    onPrepared: () => {},
    isStopped: () => false,
  });
  if (errors.length > 0) throw new Error(errors[0].message);
}

/** What a user's own loop over the same chunks would be, without any audit. */
async function bareOf(implementations: string[]): Promise<() => void> {
  const fs = (await prepared(LOSS, implementations)).subjects
    .filter(({ name }) => implementations.includes(name))
    .map(({ f }) => f);
  const chunks = [...pointChunks({ range: [-120, 120], points: LOGITS, chunk: CHUNK })];
  return () => {
    for (const label of LABELS) {
      const labels = new Float32Array(CHUNK).fill(label);
      for (const xs of chunks) for (const f of fs) valueAndGradient(f, xs, labels.subarray(0, xs.length));
    }
  };
}

function valueAndGradient(f: LossFunction, xs: Float32Array, labels: Float32Array): void {
  tf.engine().startScope();
  const z = tf.tensor2d(labels, [labels.length, 1]);
  const { value, grad } = tf.valueAndGrad((x: Tensor) => f(x, z))(tf.tensor2d(xs, [xs.length, 1]));
  value.dataSync();
  grad.dataSync();
  tf.engine().endScope();
}

/** The stages of the same audit, each measured alone. */
async function partsOf(implementations: string[], bare: number, audit: number): Promise<Row[]> {
  let preparing = Infinity;
  for (let i = 0; i < 3; i++)
    preparing = Math.min(preparing, await timed(() => prepared(LOSS, implementations)));
  const loss = await prepared(LOSS, implementations);
  const fs = loss.subjects
    .filter(({ name }) => implementations.includes(name))
    .map((subject) => new TargetFunction(target, subject));
  const judge = new PointJudge({
    size: 1,
    references: loss.references.map(({ exact }) => exact),
    precisions: newPrecisions(),
    tolerance: sweepDefaults,
    capacity: CHUNK,
  });
  const out: Computed = {
    value: new Float32Array(CHUNK),
    gradient: new Float32Array(CHUNK),
    threw: new Uint8Array(CHUNK),
  };
  const options = { range: [-120, 120] as const, points: LOGITS, chunk: CHUNK };
  const chunks = [...pointChunks(options)];
  const each = (f: (xs: Float32Array, labels: Float32Array) => void | Promise<void>) => async () => {
    for (const label of LABELS) {
      const labels = new Float32Array(CHUNK).fill(label);
      for (const xs of chunks) await f(xs, labels.subarray(0, xs.length));
    }
  };
  const points = LABELS.length * (await fastest(ROUNDS, () => [...pointChunks(options)]));
  const oracle = await fastest(
    ROUNDS,
    each((xs, labels) => judge.load(xs, labels)),
  );
  const kernels = await fastest(
    ROUNDS,
    each(async (xs, labels) => {
      for (const f of fs) await f.evaluate(xs, labels, xs.length, out);
    }),
  );
  const all = await fastest(
    ROUNDS,
    each(async (xs, labels) => {
      judge.load(xs, labels);
      for (const f of fs) await judge.judge(f, noWorst(), () => {});
    }),
  );
  const perPoint = points + all;
  const part = (what: string, ms: number): Row => ({ what: `  ${what}`, ...speed(ms, bare) });
  return [
    part("all that grows with the points", perPoint),
    part("- making the points", points),
    part("- target", kernels),
    part("- oracle", oracle),
    part("- judging", all - oracle - kernels),
    part("recording the implementations", preparing),
    part("boundaries, reasons and the rest", audit - perPoint - preparing),
  ];
}

/**
 * The peer's sweep is N logits with both labels and both implementations, and
 * prints 2N points for it: its point has both implementations. So its points
 * count twice here.
 */
function peerRows(peer: Peer, warm: number): Row[] {
  if (!peer.found) return [{ what: peer.reason, result: "not measured" }];
  const row = (what: string, ms: number) => ({
    what: `${peer.name}, 1 thread, ${what}`,
    ...speed(ms),
    ratio: `audit ${(ms / warm).toFixed(2)} x as fast`,
  });
  return [row("first sweep", peer.cold), row("best of 4 sweeps", peer.warm)];
}
