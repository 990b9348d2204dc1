import { layouts } from "../dist/src/audit/layout.js";
import { inShape } from "../dist/src/audit/prepare.js";
import type { Subject } from "../dist/src/audit/subject.js";
import { TargetFunction } from "../dist/src/evaluate/target-function.js";
import { sweepDefaults } from "../dist/src/sweep/defaults.js";
import { noWorst, PointJudge } from "../dist/src/sweep/point-judge.js";
import type { Benchmark, Row } from "./benchmark.js";
import { names, newPrecisions, prepared, target, uniformLogits } from "./losses.js";

const POINTS = 10_000;
/** Losses that run a point at a time make do with fewer. */
const SINGLE_POINTS = 500;

/** The share of points for which the balls of float64 leave a verdict open, over all implementations of a loss. */
export const escalation: Benchmark = {
  name: "escalation",
  title: "Points that go up to MPFR, uniform on [-120, 120], labels 0 and 1, all implementations",
  async run() {
    const rows: Row[] = [];
    for (const name of names) {
      const { escalated, points } = await countEscalated(name);
      const share = escalated / points;
      rows.push({
        what: name,
        result: `${escalated} of ${points.toLocaleString("en-US")}`,
        ratio: `${(share * 1000).toFixed(2)} in 1000`,
        goal: { text: "< 1 in 1000", met: share < 1 / 1000 },
      });
    }
    return rows;
  },
};

async function countEscalated(name: string): Promise<{ escalated: number; points: number }> {
  const loss = await prepared(name);
  const isBatched = loss.subjects.every(({ batched }) => batched);
  const xs = uniformLogits(isBatched ? POINTS : SINGLE_POINTS);
  let escalated = 0;
  let points = 0;
  for (const layout of layouts(loss.point, loss.subjects[0].shape)) {
    const inLayout = (subject: Subject) => inShape(subject, layout.shape(subject.shape));
    const judge = new PointJudge({
      size: layout.size,
      references: loss.references.map((reference) => inLayout(reference).exact),
      precisions: newPrecisions(),
      tolerance: sweepDefaults,
      capacity: xs.length,
    });
    for (const label of [0, 1]) {
      judge.load(layout.logits(xs), layout.labels(label, xs.length));
      for (const subject of loss.subjects.map(inLayout)) {
        const f = new TargetFunction(target, subject);
        await judge.judge(f, noWorst(), () => {});
      }
      points += xs.length * loss.subjects.length;
    }
    escalated += judge.escalated;
  }
  return { escalated, points };
}
