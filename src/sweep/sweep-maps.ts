import { inShape } from "../audit/prepare.js";
import type { Subject } from "../audit/subject.js";
import { type Computed, TargetFunction } from "../evaluate/target-function.js";
import { toFloat } from "../inputs/float32.js";
import type { Finding, Label, Quantity } from "../judge/finding.js";
import { exactNear, jsonNumber, ulpsBetween } from "../judge/number.js";
import type { ExactPoint } from "../oracle/exact-function.js";
import { attribute } from "./attribute.js";
import type { MapCase } from "./map-cases.js";
import { MapJudge } from "./map-judge.js";
import { messageOf } from "./message.js";
import { noWorst, type Point, PointJudge } from "./point-judge.js";
import { replayOfPixel } from "./replay.js";
import { noteWorst, type SweepContext } from "./sweep-points.js";

const CHUNK = 65_536;

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
  /** Of the worst pixel. */
  worst: { map: MapCase; pixel: number; label: number } & Detail;
}

interface Detail {
  computed: number;
  exact: ExactPoint;
  component: number;
  point: Point;
  /** What the function threw, if it did. */
  thrown: string;
}

/** Judges value and every pixel's gradient of whole maps, and names the worst pixels. */
export function sweepMaps(context: SweepContext, maps: readonly MapCase[]): Omit<Finding, "id">[] {
  const groups = new Map<string, Group>();
  for (const map of maps) {
    const batched = context.loss.point !== "map" && context.loss.subjects.every((subject) => subject.batched);
    (batched ? judgeAsPoints : judgeWhole)(
      context,
      map,
      (subject, quantity, code, badness, pixels, detail) => {
        const key = [subject.name, quantity, code, map.label].join();
        const xs = pixels.map((pixel) => map.logits[pixel]);
        const known = groups.get(key);
        const group: Group = known ?? {
          subject,
          quantity,
          code,
          label: map.label,
          low: Number.POSITIVE_INFINITY,
          high: Number.NEGATIVE_INFINITY,
          points: 0,
          badness: Number.NEGATIVE_INFINITY,
          worst: undefined as unknown as Group["worst"],
        };
        for (const x of xs) {
          group.low = Math.min(group.low, x);
          group.high = Math.max(group.high, x);
        }
        group.points++;
        if (badness > group.badness) {
          group.badness = badness;
          const [pixel] = pixels;
          group.worst = { map, pixel, label: map.labels[pixel], ...detail() };
        }
        groups.set(key, group);
      },
    );
  }
  return [...groups.values()].map((group) => describe(context, group));
}

/** `pixels` are the logits that the failing number belongs to, its own first. */
type FailingPixels = (
  subject: Subject,
  quantity: Quantity,
  code: number,
  badness: number,
  pixels: number[],
  detail: () => Detail,
) => void;

/** A loss that treats each point by itself: the pixels, or rows of classes, of a map are points of their own. */
function judgeAsPoints(context: SweepContext, map: MapCase, failing: FailingPixels): void {
  const { loss, target, options, precisions, tally } = context;
  const classes = loss.point === "row" ? (map.shape[map.shape.length - 1] as number) : 1;
  const inLayout = (subject: Subject) =>
    loss.point === "row" ? inShape(target.tf, subject, [...subject.shape.slice(0, -1), classes]) : subject;
  const subjects = loss.subjects.map(inLayout);
  const capacity = Math.min(CHUNK, map.logits.length / classes);
  const judge = new PointJudge({
    size: classes,
    references: loss.references.map((reference) => inLayout(reference).exact),
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
      judge.judge(fs[s], worst[s], (i, quantity, code, badness) => {
        const first = at + i * classes;
        const pixels = Array.from({ length: classes }, (_, k) => first + k);
        failing(subject, quantity, code, badness, pixels, () => ({
          ...judge.detail(i, quantity),
          point: judge.point(i),
          thrown: fs[s].lastError,
        }));
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
function judgeWhole(context: SweepContext, map: MapCase, failing: FailingPixels): void {
  const { loss, target, options, precisions, tally } = context;
  const inMap = (subject: Subject) => inShape(target.tf, subject, map.shape);
  const size = map.logits.length;
  const judge = new MapJudge(
    loss.references.map((reference) => inMap(reference).exact),
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
    const point = { logits: map.logits, labels: map.labels };
    judge.judge(computed, (quantity, code, badness, pixel) => {
      failing(subject, quantity, code, badness, [pixel], () => ({
        computed: quantity === "value" ? computed.value[0] : computed.gradient[pixel],
        exact: judge.exactPoint(),
        component: quantity === "value" ? 0 : pixel,
        point,
        thrown: f.lastError,
      }));
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
  const { subject, quantity, code, worst } = group;
  const found = attribute(
    code,
    quantity,
    worst.component,
    worst.exact,
    subject.exact,
    precisions,
    worst.point,
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
