import { expect, test } from "vitest";
import { prepareLoss } from "../../src/audit/prepare.js";
import type { Subject } from "../../src/audit/subject.js";
import { TargetFunction } from "../../src/evaluate/target-function.js";
import type { ComputedPoint } from "../../src/explain/computed-point.js";
import { resolveLosses } from "../../src/losses/resolve.js";
import { loadPrecisions } from "../../src/oracle/oracle.js";
import { MapJudge } from "../../src/sweep/map-judge.js";
import { type FailingRun, noWorst, PointJudge } from "../../src/sweep/point-judge.js";
import { loadTarget } from "../../src/targets/targets.js";
import { loadTfjs } from "../../src/targets/tfjs.js";

const precisions = await loadPrecisions();
const target = await loadTarget("cpu");

/** The implementations of a loss of the catalogue. */
async function subjectsOf(loss: string): Promise<Subject[]> {
  const options = { implementations: [], from: "logits" as const, classes: 2, skip: [], onProbe: () => {} };
  return (await prepareLoss(await loadTfjs(), resolveLosses([loss])[0], options)).subjects;
}

test("what is said of an implementation at points does not depend on those that were judged before it", async () => {
  const [naive, , , library] = await subjectsOf("softplus");
  const xs = Float32Array.from({ length: 400 }, (_, i) => -10 + i / 20);
  const at = 40;
  const judgeOf = (rtol: number) =>
    new PointJudge({
      size: 1,
      references: [library.exact],
      precisions,
      tolerance: { rtol, atol: 0 },
      capacity: xs.length,
    });
  const judged = async (rtol: number, subjects: Subject[]) => {
    const judge = judgeOf(rtol);
    judge.load(xs, new Float32Array(xs.length));
    const results = [];
    for (const subject of subjects) {
      const before = judge.escalated;
      const worst = noWorst();
      const runs: FailingRun[] = [];
      await judge.judge(new TargetFunction(target, subject), worst, (run) => runs.push(run));
      const errors = Array.from(xs, (_, i) => judge.errorAt(i, "value"));
      results.push({
        worst,
        runs,
        errors,
        escalated: judge.escalated - before,
        computed: judge.computedAt(at),
      });
    }
    return results;
  };
  // The tolerance is the error of the naive formula at a point, to the last digits that balls have: only MPFR can tell.
  const [{ computed }] = await judged(1, [naive]);
  const exact = Math.log1p(Math.exp(xs[at]));
  const rtol = Math.abs(computed.value - exact) / exact;
  const [alone] = await judged(rtol, [library]);
  const [open, after] = await judged(rtol, [naive, library]);
  expect([alone.escalated, open.escalated]).toEqual([0, 1]);
  expect(after).toEqual(alone);
});

test("nor does it in a map", async () => {
  const [naive] = await subjectsOf("softplus");
  const logits = Float32Array.of(-15.5, 0.25, 3, 9);
  const map = { label: 0, shape: [4], logits, labels: new Float32Array(4), flags: [] };
  const exact = Array.from(logits, (x) => 1 / (1 + Math.exp(-x)));
  const right: ComputedPoint = {
    values: Float32Array.of(logits.reduce((sum, x) => sum + Math.log1p(Math.exp(x)), 0)),
    gradient: Float32Array.from(exact),
  };
  // The tolerance is the error of one component to the last digits that balls have: only MPFR can tell.
  const off = Float32Array.from(exact, (g, i) => (i === 1 ? g * 1.001 : g));
  const rtol = Math.abs(off[1] - exact[1]) / exact[1];
  const judged = (...all: ComputedPoint[]) => {
    const judge = new MapJudge({
      references: [naive.exact.inShape(map.shape)],
      precisions,
      tolerance: { rtol, atol: 0 },
      map,
      samples: 1,
      isSummed: true,
    });
    return all.map((computed) => {
      const before = judge.escalated;
      return {
        worst: judge.judge(computed, () => {}),
        exact: judge.exactPoint(),
        escalated: judge.escalated - before,
      };
    });
  };
  const [alone] = judged(right);
  const [open, after] = judged({ ...right, gradient: off }, right);
  expect([alone.escalated, open.escalated]).toEqual([0, 4]);
  expect(after).toEqual(alone);
});
