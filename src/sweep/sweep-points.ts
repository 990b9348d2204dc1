import type { Layout } from "../audit/layout.js";
import { inShape } from "../audit/prepare.js";
import type { Subject } from "../audit/subject.js";
import { TargetFunction } from "../evaluate/target-function.js";
import { type PointsOptions, pointChunks } from "../inputs/points.js";
import { Clusters } from "../judge/clusters.js";
import type { Finding, Quantity } from "../judge/finding.js";
import { throttled } from "../throttled.js";
import type { SweepContext } from "./context.js";
import { CurveSweep } from "./curves.js";
import { noteWorst } from "./note-worst.js";
import type { SweepOptions } from "./options.js";
import { noWorst, PointJudge, type Worst } from "./point-judge.js";
import { type PointSweep, regionFindings } from "./region-finding.js";

/** The most points that are judged at once, when a loss takes many at once. */
export const CHUNK = 65_536;
/** How many floats at once a boundary is searched with. */
const SEARCH = 1024;
/** The same where most of them need MPFR. */
const COSTLY_SEARCH = 8;
/** Formulas have their singularities at small integers, and where a logit is the label. */
const INTEGERS = Array.from({ length: 33 }, (_, i) => i - 16);
/** More points than this in a chunk are not taken to MPFR. */
const OPEN = 500;
/** Points between two signs of life where each point is a call of its own. */
export const SINGLES = 32;
const QUANTITIES: readonly Quantity[] = ["value", "gradient"];

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
  const inLayout = (subject: Subject) => inShape(subject, layout.shape(subject.shape));
  const subjects = context.subjects.map(inLayout);
  const references = context.loss.references.map(inLayout);
  const batched = context.loss.subjects.every((subject) => subject.batched);
  let running = "";
  const capacity = batched ? CHUNK : SEARCH;
  const judge = new PointJudge({
    onEscalate: throttled(() => context.onStep(running, 0)),
    size: layout.size,
    references: references.map((reference) => reference.exact),
    precisions,
    tolerance: options,
    capacity,
  });
  const lanes: Lane[] = subjects.map((subject) => ({
    subject,
    f: new TargetFunction(target, subject),
    clusters: { value: new Clusters(), gradient: new Clusters() },
    worst: noWorst(),
  }));

  const full = layout.labels(label, capacity);
  const labelsOf = (n: number) => full.subarray(0, n * layout.size);
  let before = 0;
  let isCostly = false;
  for (const { xs: all, previous, next } of withNeighbours(
    pointChunks({ ...pointsOf(options, batched), also: [...INTEGERS, label] }),
  )) {
    judge.load(layout.logits(all), labelsOf(all.length));
    const xs = thinned(judge, all);
    if (xs.length < all.length) {
      isCostly = true;
      judge.load(layout.logits(xs), labelsOf(xs.length));
    }
    for (const lane of lanes) {
      running = lane.subject.name;
      context.onStep(lane.subject.name, all.length);
      await judge.judge(lane.f, lane.worst, ({ quantity, code, first, last, worst, badness }) => {
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
  tally.oraclePoints += before * lanes.length;
  tally.isThinned ||= isCostly;

  const batch = batched ? (isCostly ? COSTLY_SEARCH : SEARCH) : 1;
  const sweep: PointSweep = { context, layout, label, references, judge, capacity, batch };
  const curves = context.pictures && new CurveSweep(sweep, batched ? capacity : SINGLES);
  const findings: Omit<Finding, "id">[] = [];
  for (const { subject, f, clusters, worst } of lanes) {
    running = subject.name;
    tally.points(subject.name, before);
    await noteWorst(tally, judge, { subject, f, worst });
    const failing = QUANTITIES.flatMap((quantity) =>
      clusters[quantity].list().map((cluster) => ({ ...cluster, quantity })),
    );
    const found = await regionFindings(sweep, { subject, f, clusters: failing });
    await curves?.add(subject, f, found);
    findings.push(...found);
  }
  if (curves) context.pictures?.curves.push(...curves.curves());
  return findings;
}

/**
 * The points of a chunk, without most of those that only MPFR can judge when
 * there are many: a naive formula, which has no better one beside it, may need
 * thousands of bits at every point.
 */
function thinned(judge: PointJudge, xs: Float32Array): Float32Array {
  const open = judge.openPoints(OPEN);
  if (open.length <= OPEN) return xs;
  const kept = new Set(
    Array.from({ length: OPEN }, (_, k) => open[Math.round((k * (open.length - 1)) / (OPEN - 1))]),
  );
  const dropped = new Set(open.filter((i) => !kept.has(i)));
  return xs.filter((_, i) => !dropped.has(i));
}

/** Points of a sweep: many where many fit in one call, fewer where each point is a call of its own. */
export function pointsOf(options: SweepOptions, batched: boolean): PointsOptions {
  const points = options.points ?? (batched ? 20_001 : 161);
  return { range: options.range, points, special: options.special, chunk: batched ? CHUNK : SINGLES };
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
