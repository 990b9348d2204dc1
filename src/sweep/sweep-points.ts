import { inShape } from "../audit/prepare.js";
import type { AuditedLoss, Subject } from "../audit/subject.js";
import { TargetFunction } from "../evaluate/target-function.js";
import { formatFloat32, toFloat } from "../inputs/float32.js";
import { type PointsOptions, pointChunks } from "../inputs/points.js";
import { relativeError, verdicts } from "../judge/classify.js";
import { type Cluster, Clusters } from "../judge/clusters.js";
import type { Finding, Quantity } from "../judge/finding.js";
import { exactNear, jsonNumber, ulpsBetween } from "../judge/number.js";
import type { Precisions } from "../oracle/oracle.js";
import type { Target } from "../targets/targets.js";
import { attribute } from "./attribute.js";
import { findRegion } from "./boundaries.js";
import type { Layout } from "./layout.js";
import { messageOf } from "./message.js";
import type { SweepOptions } from "./options.js";
import { ownRuns } from "./own-runs.js";
import { noWorst, PointJudge, type Worst } from "./point-judge.js";
import { reasonOf } from "./reason.js";
import { replayOf } from "./replay.js";
import type { Tally } from "./tally.js";

/** The most points that are judged at once, when a loss takes many at once. */
const CHUNK = 65_536;
/** How many floats at once a boundary is searched with. */
const SEARCH = 1024;
/** The same where most of them need MPFR. */
const COSTLY_SEARCH = 8;
/** More points than this in a chunk are not taken to MPFR. */
const OPEN = 500;
/** Points between two signs of life where each point is a call of its own. */
const SINGLES = 32;
const QUANTITIES: readonly Quantity[] = ["value", "gradient"];

/** What a sweep of points needs to know of its surroundings. */
export interface SweepContext {
  loss: AuditedLoss;
  target: Target;
  options: SweepOptions;
  precisions: Precisions;
  tally: Tally;
  /** Called before each call of user code that may take long. */
  onStep(implementation: string, points: number): void;
  /** Lets messages in; false when the sweep is to end with what it has. */
  goesOn(): Promise<boolean>;
}

/** One implementation, with what the sweep of one label has shown of it so far. */
interface Lane {
  subject: Subject;
  f: TargetFunction;
  clusters: Record<Quantity, Clusters>;
  worst: Worst;
}

/** Sweeps all implementations of a loss over logits with one label, and finds the exact ends of what fails. */
export async function sweepPoints(
  context: SweepContext,
  layout: Layout,
  label: number,
): Promise<Omit<Finding, "id">[]> {
  const { target, options, precisions, tally } = context;
  const inLayout = (subject: Subject) => inShape(target.tf, subject, layout.shape(subject.shape));
  const subjects = context.loss.subjects.map(inLayout);
  const references = context.loss.references.map(inLayout);
  const batched = subjects.every((subject) => subject.batched);
  let running = "";
  const judgeOf = (capacity: number) =>
    new PointJudge({
      onEscalate: throttled(() => context.onStep(running, 0)),
      size: layout.size,
      references: references.map((reference) => reference.exact),
      precisions,
      tolerance: options,
      capacity,
    });
  const lanes: Lane[] = subjects.map((subject) => ({
    subject,
    f: new TargetFunction(target, subject.f, subject.shape, subject.batched),
    clusters: { value: new Clusters(), gradient: new Clusters() },
    worst: noWorst(),
  }));

  const judge = judgeOf(batched ? CHUNK : SEARCH);
  const full = layout.labels(label, batched ? CHUNK : SEARCH);
  const labelsOf = (n: number) => full.subarray(0, n * layout.size);
  let before = 0;
  let isCostly = false;
  for (const { xs: all, previous, next } of withNeighbours(pointChunks(pointsOf(options, batched)))) {
    judge.load(layout.logits(all), labelsOf(all.length));
    const xs = thinned(judge, all);
    if (xs.length < all.length) {
      isCostly = true;
      judge.load(layout.logits(xs), labelsOf(xs.length));
    }
    for (const lane of lanes) {
      running = lane.subject.name;
      context.onStep(lane.subject.name, all.length);
      judge.judge(lane.f, lane.worst, ({ quantity, code, first, last, worst, badness }) => {
        lane.clusters[quantity].add({
          code,
          first: xs[first],
          last: xs[last],
          firstIndex: before + first,
          lastIndex: before + last,
          before: first > 0 ? xs[first - 1] : previous,
          after: last + 1 < xs.length ? xs[last + 1] : next,
          worst: xs[worst],
          badness,
        });
      });
    }
    before += xs.length;
    if (!(await context.goesOn())) break;
  }
  tally.escalated += judge.escalated;
  tally.oraclePoints += before;
  tally.isThinned ||= isCostly;

  const search = judgeOf(SEARCH);
  return lanes.flatMap((lane) => {
    tally.points(lane.subject.name, before);
    noteWorst(tally, search, lane);
    return QUANTITIES.flatMap((quantity) =>
      lane.clusters[quantity].list().map((cluster) => {
        running = lane.subject.name;
        context.onStep(lane.subject.name, 0);
        return describe(
          context,
          layout,
          references,
          search,
          lane,
          quantity,
          cluster,
          label,
          batched ? (isCostly ? COSTLY_SEARCH : SEARCH) : 1,
        );
      }),
    );
  });
}

/**
 * The points of a chunk, without most of those that only MPFR can judge when
 * there are many: a naive formula, which has no better one beside it, may need
 * thousands of bits at every point.
 */
function thinned(judge: PointJudge, xs: Float32Array): Float32Array {
  const open = judge.openPoints();
  if (open.length <= OPEN) return xs;
  const kept = new Set(
    Array.from({ length: OPEN }, (_, k) => open[Math.round((k * (open.length - 1)) / (OPEN - 1))]),
  );
  const dropped = new Set(open.filter((i) => !kept.has(i)));
  return xs.filter((_, i) => !dropped.has(i));
}

/** Calls at most twice a second. */
function throttled(call: () => void): () => void {
  let last = 0;
  return () => {
    const now = Date.now();
    if (now - last < 500) return;
    last = now;
    call();
  };
}

/** Points of a sweep: many where many fit in one call, fewer where each point is a call of its own. */
export function pointsOf(options: SweepOptions, batched: boolean): PointsOptions {
  const points = options.points ?? (batched ? 20_001 : 161);
  return { range: options.range, points, special: options.special, chunk: batched ? CHUNK : SINGLES };
}

function describe(
  context: SweepContext,
  layout: Layout,
  references: readonly Subject[],
  search: PointJudge,
  lane: Lane,
  quantity: Quantity,
  cluster: Cluster,
  label: number,
  batch: number,
): Omit<Finding, "id"> {
  const { loss, target, options, precisions, tally } = context;
  const codes = new Uint8Array(SEARCH);
  const failsAt = (xs: Float32Array): boolean[] => {
    search.load(layout.logits(xs), layout.labels(label, xs.length));
    codes.fill(0);
    search.judge(lane.f, noWorst(), (run) => {
      if (run.quantity === quantity) codes.fill(run.code, run.first, run.last + 1);
    });
    return Array.from(xs, (_, i) => codes[i] === cluster.code);
  };
  const region = findRegion(cluster, failsAt, batch);
  // An inaccurate region is worst inside; one that is NaN, infinite or throws is told by where it starts.
  const nearest = region.from > 0 ? region.from : region.to < 0 ? region.to : cluster.worst;
  const isAbrupt = ["nan", "overflow", "throws"].includes(verdicts[cluster.code - 1].kind);
  const x = isAbrupt ? nearest : cluster.worst;
  failsAt(Float32Array.of(x));
  const { computed, exact, component } = search.detail(0, quantity);
  const found = attribute(
    cluster.code,
    quantity,
    component,
    exact,
    ownRuns(lane.subject.exact, precisions, search.point(0)),
    options,
  );
  if (found.kind === "unresolved") tally.unresolved += cluster.failing;
  const exactAt = exactNear(computed, exact, quantity, component);
  const name = { loss: loss.name, implementation: lane.subject.name, target: target.description.name };
  return {
    ...name,
    arithmetic: "float32",
    quantity,
    kind: found.kind,
    severity: found.severity,
    region: {
      from: toFloat(region.from),
      to: toFloat(region.to),
      label: layout.suffix ? `${formatFloat32(label)}${layout.suffix}` : label,
      points: cluster.failing,
      share: region.share,
    },
    worst: {
      input: toFloat(x),
      label,
      computed: toFloat(computed),
      exact: toFloat(exactAt),
      ulps: jsonNumber(ulpsBetween(computed, exactAt)),
      ...(layout.size > 1 && component > 0 ? { index: [0, component] } : {}),
    },
    message: messageOf({
      kind: found.kind,
      quantity,
      computed,
      exact: exactAt,
      own: found.own,
      share: region.share,
      thrown: lane.f.lastError,
      reason: reasonOf(context, lane.subject, references, search.point(0), component, { ...found, quantity }),
    }),
    replay: replayOf(loss, lane.subject.name, target.description.name, options, x, label, layout.flag),
  };
}

/** Adds the worst point of each quantity to the tally, with its exact error. */
export function noteWorst(
  tally: Tally,
  search: PointJudge,
  { subject, f, worst }: { subject: Subject; f: TargetFunction; worst: Worst },
): void {
  for (const quantity of QUANTITIES) {
    const { point } = worst[quantity];
    if (!point) continue;
    search.load(point.logits, point.labels);
    search.judge(f, noWorst(), () => {});
    const { computed, exact, component } = search.detail(0, quantity);
    const number = exactNear(computed, exact, quantity, component);
    tally.worst(subject.name, quantity, {
      relative: jsonNumber(relativeError(computed, number)),
      ulps: jsonNumber(ulpsBetween(computed, number)),
      input: toFloat(point.logits[0]),
      label: point.labels[0],
    });
  }
}

/** Chunks with the points next to them, NaN at the ends. */
function* withNeighbours(
  chunks: Generator<Float32Array>,
): Generator<{ xs: Float32Array; previous: number; next: number }> {
  let current = chunks.next();
  let previous = Number.NaN;
  while (!current.done) {
    const following = chunks.next();
    yield { xs: current.value, previous, next: following.done ? Number.NaN : following.value[0] };
    previous = current.value[current.value.length - 1];
    current = following;
  }
}
