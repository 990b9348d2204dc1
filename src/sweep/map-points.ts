import { inShape } from "../audit/prepare.js";
import type { Subject } from "../audit/subject.js";
import { TargetFunction } from "../evaluate/target-function.js";
import type { SweepContext } from "./context.js";
import type { FailingPixels } from "./failing-pixels.js";
import type { MapCase } from "./map-cases.js";
import { noteWorst } from "./note-worst.js";
import { noWorst, PointJudge } from "./point-judge.js";
import { CHUNK, SINGLES } from "./sweep-points.js";

/** A loss that treats each point by itself: the pixels, or rows of classes, of a map are points of their own. */
export async function judgeAsPoints(
  context: SweepContext,
  map: MapCase,
  failing: (run: FailingPixels) => void,
): Promise<void> {
  const { loss, target, options, precisions, tally } = context;
  const classes = loss.point === "row" ? (map.shape[map.shape.length - 1] as number) : 1;
  const inLayout = (subject: Subject) =>
    loss.point === "row" ? inShape(subject, [...subject.shape.slice(0, -1), classes]) : subject;
  const subjects = context.subjects.map(inLayout);
  const references = loss.references.map(inLayout);
  const batched = loss.subjects.every((subject) => subject.batched);
  const capacity = Math.min(batched ? CHUNK : SINGLES, map.logits.length / classes);
  const judge = new PointJudge({
    size: classes,
    references: references.map((reference) => reference.exact),
    precisions,
    tolerance: options,
    capacity,
  });
  const fs = subjects.map((subject) => new TargetFunction(target, subject));
  const worst = subjects.map(noWorst);
  const errors = context.pictures && subjects.map(() => new Float32Array(map.logits.length));
  for (let at = 0; at < map.logits.length; at += capacity * classes) {
    const end = Math.min(at + capacity * classes, map.logits.length);
    judge.load(map.logits.subarray(at, end), map.labels.subarray(at, end));
    for (const [s, subject] of subjects.entries()) {
      const n = (end - at) / classes;
      context.onStep(subject.name, n);
      tally.points(subject.name, n);
      await judge.judge(fs[s], worst[s], (run) => {
        failing({
          ...run,
          subject,
          points: run.last - run.first + 1,
          from: at + run.first * classes,
          to: at + (run.last + 1) * classes,
          detail: () => {
            const detail = judge.detail(run.worst, run.quantity);
            return {
              ...detail,
              pixel: at + run.worst * classes + detail.component,
              point: judge.point(run.worst),
              at: detail.component,
              thrown: fs[s].lastError,
              references,
            };
          },
        });
      });
      if (errors) for (let i = 0; i < n; i++) errors[s].set(bitsOf(judge, i), at + i * classes);
    }
    tally.oraclePoints += ((end - at) / classes) * subjects.length;
  }
  tally.escalated += judge.escalated;
  for (const [s, subject] of subjects.entries()) {
    await noteWorst(tally, judge, { subject, f: fs[s], worst: worst[s] });
    if (errors) context.pictures?.maps.take(map, subject.name, errors[s]);
  }
}

/** How far the gradient at a point is off, as `MapPictures` takes it. */
function bitsOf(judge: PointJudge, i: number): number[] {
  return judge.gradientErrors(i).map((bits) => bits ?? -1);
}
