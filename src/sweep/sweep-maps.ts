import { inShape } from "../audit/prepare.js";
import type { Subject } from "../audit/subject.js";
import { type Computed, TargetFunction } from "../evaluate/target-function.js";
import { toFloat } from "../inputs/float32.js";
import { THROWS } from "../judge/classify.js";
import type { Finding, Label, Quantity } from "../judge/finding.js";
import { exactNear, jsonNumber, ulpsBetween } from "../judge/number.js";
import type { ExactPoint } from "../oracle/exact-function.js";
import { attribute } from "./attribute.js";
import type { SweepContext } from "./context.js";
import type { MapCase } from "./map-cases.js";
import { MapJudge } from "./map-judge.js";
import { messageOf } from "./message.js";
import { noteWorst } from "./note-worst.js";
import { ownRuns } from "./own-runs.js";
import { noWorst, type Point, PointJudge } from "./point-judge.js";
import { reasonOf } from "./reason.js";
import { replayOfPixel } from "./replay.js";
import { CHUNK, SINGLES } from "./sweep-points.js";

/** The failing pixels of one code in maps of one label. */
interface Group {
  subject: Subject;
  quantity: Quantity;
  code: number;
  label: Label;
  low: number;
  high: number;
  points: number;
  badness: number;
  /** The worst pixel. */
  worst?: { map: MapCase; pixel: number; label: number } & Detail;
}

interface Detail {
  computed: number;
  exact: ExactPoint;
  component: number;
  point: Point;
  /** What the function threw, if it did. */
  thrown: string;
  /** The references as functions of this point. */
  references: readonly Subject[];
}

/** Judges value and every pixel's gradient of whole maps, and names the worst pixels. */
export async function sweepMaps(
  context: SweepContext,
  maps: readonly MapCase[],
): Promise<Omit<Finding, "id">[]> {
  const groups = new Map<string, Group>();
  for (const map of maps) {
    if (!(await context.goesOn())) break;
    (context.loss.point === "map" ? judgeWhole : judgeAsPoints)(context, map, (failing) => {
      const { subject, quantity, code } = failing;
      const key = [subject.name, quantity, code, map.label].join();
      const known = groups.get(key);
      const group: Group = known ?? {
        ...failing,
        label: map.label,
        low: Infinity,
        high: -Infinity,
        points: 0,
      };
      for (let pixel = failing.from; pixel < failing.to; pixel++) {
        group.low = Math.min(group.low, map.logits[pixel]);
        group.high = Math.max(group.high, map.logits[pixel]);
      }
      group.points += failing.points;
      if (!known || failing.badness > group.badness) {
        group.badness = failing.badness;
        group.worst = { map, pixel: failing.pixel, label: map.labels[failing.pixel], ...failing.detail() };
      }
      groups.set(key, group);
    });
  }
  return [...groups.values()].map((group) => describe(context, group));
}

/** Neighbouring points of one code in a map. */
interface FailingPixels {
  subject: Subject;
  quantity: Quantity;
  code: number;
  badness: number;
  points: number;
  /** The pixels that they are made of. */
  from: number;
  to: number;
  /** The worst one. */
  pixel: number;
  detail(): Detail;
}

/** A loss that treats each point by itself: the pixels, or rows of classes, of a map are points of their own. */
function judgeAsPoints(context: SweepContext, map: MapCase, failing: (run: FailingPixels) => void): void {
  const { loss, target, options, precisions, tally } = context;
  const classes = loss.point === "row" ? (map.shape[map.shape.length - 1] as number) : 1;
  const inLayout = (subject: Subject) =>
    loss.point === "row" ? inShape(target.tf, subject, [...subject.shape.slice(0, -1), classes]) : subject;
  const subjects = loss.subjects.map(inLayout);
  const references = loss.references.map(inLayout);
  const batched = subjects.every((subject) => subject.batched);
  const capacity = Math.min(batched ? CHUNK : SINGLES, map.logits.length / classes);
  const judge = new PointJudge({
    size: classes,
    references: references.map((reference) => reference.exact),
    precisions,
    tolerance: options,
    capacity,
  });
  const fs = subjects.map((subject) => new TargetFunction(target, subject.f, subject.shape, subject.batched));
  const worst = subjects.map(noWorst);
  for (let at = 0; at < map.logits.length; at += capacity * classes) {
    const end = Math.min(at + capacity * classes, map.logits.length);
    judge.load(map.logits.subarray(at, end), map.labels.subarray(at, end));
    subjects.forEach((subject, s) => {
      const n = (end - at) / classes;
      context.onStep(subject.name, n);
      tally.points(subject.name, n);
      judge.judge(fs[s], worst[s], (run) => {
        failing({
          ...run,
          subject,
          points: run.last - run.first + 1,
          from: at + run.first * classes,
          to: at + (run.last + 1) * classes,
          pixel: at + run.worst * classes,
          detail: () => ({
            ...judge.detail(run.worst, run.quantity),
            point: judge.point(run.worst),
            thrown: fs[s].lastError,
            references,
          }),
        });
      });
    });
    tally.oraclePoints += (end - at) / classes;
  }
  tally.escalated += judge.escalated;
  subjects.forEach((subject, s) => {
    noteWorst(tally, judge, { subject, f: fs[s], worst: worst[s] });
  });
}

/** A loss that reduces over a map: one value for the whole, and the gradient of every pixel. */
function judgeWhole(context: SweepContext, map: MapCase, failing: (run: FailingPixels) => void): void {
  const { loss, target, options, precisions, tally } = context;
  const inMap = (subject: Subject) => inShape(target.tf, subject, map.shape);
  const size = map.logits.length;
  const references = loss.references.map(inMap);
  const judge = new MapJudge(
    references.map((reference) => reference.exact),
    precisions,
    options,
    map,
  );
  for (const subject of loss.subjects.map(inMap)) {
    context.onStep(subject.name, size);
    tally.points(subject.name, size);
    const computed: Computed = {
      value: new Float32Array(1),
      gradient: new Float32Array(size),
      threw: new Uint8Array(1),
    };
    const f = new TargetFunction(target, subject.f, map.shape, false);
    f.evaluate(map.logits, map.labels, 1, computed);
    judge.judge(computed, (quantity, code, badness, pixel) => {
      failing({
        subject,
        quantity,
        code,
        badness,
        points: 1,
        // What throws fails for the whole map.
        from: code === THROWS ? 0 : pixel,
        to: code === THROWS ? size : pixel + 1,
        pixel,
        detail: () => ({
          computed: quantity === "value" ? computed.value[0] : computed.gradient[pixel],
          exact: judge.exactPoint(),
          component: quantity === "value" ? 0 : pixel,
          point: { logits: map.logits, labels: map.labels },
          thrown: f.lastError,
          references,
        }),
      });
    });
    for (const quantity of ["value", "gradient"] as const) {
      const worst = judge.worst(quantity);
      if (worst) tally.worst(subject.name, quantity, worst);
    }
  }
  tally.oraclePoints += size;
  tally.escalated += judge.escalated;
}

function describe(context: SweepContext, group: Group): Omit<Finding, "id"> {
  const { loss, target, options, precisions, tally } = context;
  const { subject, quantity, code } = group;
  const worst = group.worst as NonNullable<Group["worst"]>;
  const found = attribute(
    code,
    quantity,
    worst.component,
    worst.exact,
    ownRuns(subject.exact, precisions, worst.point),
    options,
  );
  if (found.kind === "unresolved") tally.unresolved += group.points;
  const exact = exactNear(worst.computed, worst.exact, quantity, worst.component);
  const index = unravel(worst.pixel, worst.map.shape);
  return {
    loss: loss.name,
    implementation: subject.name,
    target: target.description.name,
    arithmetic: "float32",
    quantity,
    kind: found.kind,
    severity: found.severity,
    region: {
      from: toFloat(group.low),
      to: toFloat(group.high),
      label: group.label,
      points: group.points,
      share: 1,
    },
    worst: {
      input: toFloat(worst.map.logits[worst.pixel]),
      label: worst.label,
      computed: toFloat(worst.computed),
      exact: toFloat(exact),
      ulps: jsonNumber(ulpsBetween(worst.computed, exact)),
      index,
    },
    message: messageOf({
      kind: found.kind,
      quantity,
      computed: worst.computed,
      exact,
      own: found.own,
      share: 1,
      thrown: worst.thrown,
      reason: reasonOf(context, subject, worst.references, worst.point, worst.component, {
        ...found,
        quantity,
      }),
    }),
    replay: replayOfPixel(loss, subject.name, target.description.name, options, worst.map.flags, index),
  };
}

function unravel(flat: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  for (let i = shape.length - 1, rest = flat; i >= 0; i--) {
    index.unshift(rest % shape[i]);
    rest = Math.floor(rest / shape[i]);
  }
  return index;
}
