import type { Layout } from "../audit/layout.js";
import type { Subject } from "../audit/subject.js";
import type { TargetFunction } from "../evaluate/target-function.js";
import { formatFloat32, toFloat } from "../inputs/float32.js";
import { verdicts } from "../judge/classify.js";
import type { Cluster } from "../judge/clusters.js";
import type { Finding, Quantity } from "../judge/finding.js";
import { exactNear, jsonNumber, ulpsBetween } from "../judge/number.js";
import { attribute } from "./attribute.js";
import { findRegion } from "./boundaries.js";
import type { SweepContext } from "./context.js";
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
  /** Judges up to `batch` points at once. */
  search: PointJudge;
  /** How many floats at once a boundary is searched with. */
  batch: number;
}

/** The finding of one cluster of failing points: its exact ends, its worst point, and why it fails. */
export function regionFinding(
  { context, layout, label, references, search, batch }: PointSweep,
  subject: Subject,
  f: TargetFunction,
  quantity: Quantity,
  cluster: Cluster,
): Omit<Finding, "id"> {
  const { loss, target, options, precisions, tally } = context;
  const codes = new Uint8Array(batch);
  const failsAt = (xs: Float32Array): boolean[] => {
    search.load(layout.logits(xs), layout.labels(label, xs.length));
    codes.fill(0);
    search.judge(f, noWorst(), (run) => {
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
    ownRuns(subject.exact, precisions, search.point(0)),
    options,
  );
  if (found.kind === "unresolved") tally.unresolved += cluster.failing;
  const exactAt = exactNear(computed, exact, quantity, component);
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
      thrown: f.lastError,
      reason: reasonOf(context, subject, references, search.point(0), component, { ...found, quantity }),
    }),
    replay: replayOf(loss, subject.name, target.description.name, options, x, label, layout.flag),
  };
}
