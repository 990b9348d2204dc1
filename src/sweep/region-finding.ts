import { type Layout, labelIn } from "../audit/layout.js";
import type { Subject } from "../audit/subject.js";
import { whyAndWhere } from "../audit/why-and-where.js";
import type { TargetFunction } from "../evaluate/target-function.js";
import { toFloat } from "../inputs/float32.js";
import { verdicts } from "../judge/classify.js";
import type { Cluster } from "../judge/clusters.js";
import type { Finding, Quantity } from "../judge/finding.js";
import { attribute } from "./attribute.js";
import { findRegions, type Question, type Region } from "./boundaries.js";
import type { SweepContext } from "./context.js";
import { heldAgainst, numbersOf } from "./judge-number.js";
import { messageOf } from "./message.js";
import { ownRuns } from "./own-runs.js";
import { noWorst, type PointJudge } from "./point-judge.js";
import { reasonOf } from "./reason.js";
import { replayOf } from "./replay.js";

/** A sweep of one label whose points are judged, and with which its regions are looked at again. */
export interface PointSweep {
  context: SweepContext;
  layout: Layout;
  label: number;
  references: readonly Subject[];
  judge: PointJudge;
  /** The most points that are judged at once. */
  capacity: number;
  /** How many floats at once a boundary is searched with. */
  batch: number;
}

/** One implementation, with the failing points that a sweep of it saw. */
export interface Failing {
  subject: Subject;
  f: TargetFunction;
  clusters: readonly QuantityCluster[];
}

export interface QuantityCluster extends Cluster {
  quantity: Quantity;
}

/** The finding of each cluster of failing points: its exact ends, its worst point, and why it fails. */
export async function regionFindings(sweep: PointSweep, failing: Failing): Promise<Omit<Finding, "id">[]> {
  const { clusters } = failing;
  const regions = await findRegions(clusters, (questions) => failsAt(sweep, failing, questions), sweep.batch);
  const shown = clusters.map((cluster, i) => worstOf(cluster, regions[i]));
  const findings: Omit<Finding, "id">[] = [];
  for (const [i, cluster] of clusters.entries()) {
    const from = i - (i % sweep.capacity);
    // Judged together, and again when the judge has no room for all of them.
    if (i === from)
      await evaluate(sweep, failing, Float32Array.from(shown.slice(from, from + sweep.capacity)));
    findings.push(
      await findingOf(sweep, failing, { cluster, region: regions[i], x: shown[i], at: i - from }),
    );
  }
  return findings;
}

/** An inaccurate region is worst inside; one that is NaN, infinite or throws is told by where it starts. */
function worstOf({ code, worst }: Cluster, { from, to }: Region): number {
  const nearest = from > 0 ? from : to < 0 ? to : worst;
  return ["nan", "overflow", "throws"].includes(verdicts[code - 1].kind) ? nearest : worst;
}

/** The verdict codes of both quantities at some logits. */
async function evaluate({ layout, label, judge }: PointSweep, { f }: Failing, xs: Float32Array) {
  const codes = { value: new Uint8Array(xs.length), gradient: new Uint8Array(xs.length) };
  judge.load(layout.logits(xs), layout.labels(label, xs.length));
  await judge.judge(f, noWorst(), ({ quantity, code, first, last }) =>
    codes[quantity].fill(code, first, last + 1),
  );
  return codes;
}

/** Answers questions in as few calls of the target as there is room for. */
async function failsAt(
  sweep: PointSweep,
  failing: Failing,
  questions: readonly Question<QuantityCluster>[],
): Promise<Uint8Array[]> {
  sweep.context.onStep(failing.subject.name, 0);
  const xs = new Float32Array(questions.reduce((sum, question) => sum + question.xs.length, 0));
  let end = 0;
  const ends = questions.map((question) => {
    xs.set(question.xs, end);
    end += question.xs.length;
    return end;
  });
  const codes = { value: new Uint8Array(xs.length), gradient: new Uint8Array(xs.length) };
  for (let from = 0; from < xs.length; from += sweep.capacity) {
    const part = await evaluate(sweep, failing, xs.subarray(from, from + sweep.capacity));
    codes.value.set(part.value, from);
    codes.gradient.set(part.gradient, from);
  }
  return questions.map(({ cluster, xs: { length } }, i) =>
    codes[cluster.quantity]
      .subarray(ends[i] - length, ends[i])
      .map((code) => (code === cluster.code ? 1 : 0)),
  );
}

/** A cluster with its region and the point that stands for it, which is loaded in the judge at an index. */
interface Shown {
  cluster: QuantityCluster;
  region: Region;
  x: number;
  at: number;
}

async function findingOf(
  { context, layout, label, references, judge }: PointSweep,
  { subject, f }: Failing,
  { cluster, region, x, at }: Shown,
): Promise<Omit<Finding, "id">> {
  const { loss, target, options, precisions, tally } = context;
  const { quantity } = cluster;
  const { computed, exact, component } = judge.detail(at, quantity);
  const found = attribute(
    cluster.code,
    quantity,
    component,
    exact,
    ownRuns(subject.exact, precisions, judge.point(at)),
    options,
  );
  if (found.kind === "unresolved") tally.unresolved += cluster.failing;
  const held = heldAgainst(computed, exact, quantity, component);
  const why = await reasonOf(context, subject, references, judge.point(at), component, {
    ...found,
    quantity,
  });
  const name = { loss: loss.name, implementation: subject.name, target: target.description.name };
  return {
    ...name,
    arithmetic: "float32",
    quantity,
    kind: found.kind,
    severity: found.severity,
    region: {
      from: toFloat(region.from),
      to: toFloat(region.to),
      label: labelIn(layout, label),
      points: cluster.failing,
      share: region.share,
      ...(region.mixed && {
        mixed: {
          from: toFloat(region.mixed.from),
          to: toFloat(region.mixed.to),
          share: region.mixed.share,
        },
      }),
    },
    worst: {
      input: toFloat(x),
      label,
      ...numbersOf(found.kind, computed, held),
      ...(layout.size > 1 && component > 0 ? { index: [0, component] } : {}),
    },
    message: messageOf({
      kind: found.kind,
      quantity,
      computed,
      exact: held,
      own: found.own,
      region,
      thrown: f.lastError,
      reason: why.reason,
    }),
    ...whyAndWhere(subject, why, options.folder),
    replay: replayOf(loss, subject.name, target.description.name, options, x, label, layout.flag),
  };
}
