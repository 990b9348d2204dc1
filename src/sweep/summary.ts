import type { Layout } from "../audit/layout.js";
import type { AuditedLoss, Subject } from "../audit/subject.js";
import { formatFloat32, toFloat } from "../inputs/float32.js";
import type { Finding, Float, Severity } from "../judge/finding.js";
import type { ImplementationSummary } from "../report/report.js";
import type { MapCase } from "./map-cases.js";
import type { SweepOptions } from "./options.js";
import { pointsOf } from "./sweep-points.js";
import type { Tally } from "./tally.js";

const SEVERITIES: readonly Severity[] = ["error", "warning", "note"];

type Found = Omit<Finding, "id">;

/** The line of one implementation on one target. */
export function summarise(
  subject: Subject,
  target: string,
  tally: Tally,
  all: readonly Found[],
): ImplementationSummary {
  const findings = all.filter((f) => f.implementation === subject.name && f.target === target);
  const kinds = new Map(
    findings.map(({ kind, quantity, severity }) => [
      `${kind} ${quantity} ${severity}`,
      { kind, quantity, severity },
    ]),
  );
  // Stopped before its first point: nothing is known of it.
  if (tally.pointsOf(subject.name) === 0) return failedSummary(subject.name, target);
  const verdict = SEVERITIES.find((severity) => findings.some((f) => f.severity === severity)) ?? "ok";
  return {
    implementation: subject.name,
    target,
    verdict,
    points: tally.pointsOf(subject.name),
    kinds: [...kinds.values()].sort(
      (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
    ),
    firstFailing: verdict === "note" ? {} : firstFailing(findings.filter((f) => f.severity === verdict)),
    value: tally.worstOf(subject.name, "value"),
    gradient: tally.worstOf(subject.name, "gradient"),
    ...(subject.leaks > 0 && { leakedTensors: subject.leaks }),
  };
}

export function failedSummary(implementation: string, target: string): ImplementationSummary {
  return { implementation, target, verdict: "failed", points: 0, kinds: [], firstFailing: {} };
}

/** The failing logits nearest to 0 on either side; 0 itself counts as above. */
function firstFailing(findings: readonly Found[]): ImplementationSummary["firstFailing"] {
  const first: ImplementationSummary["firstFailing"] = {};
  for (const { kind, region } of findings) {
    const [from, to] = [number(region.from), number(region.to)];
    const { label } = region;
    if (to < 0) {
      if (!first.below || to > number(first.below.input)) first.below = { input: region.to, kind, label };
      continue;
    }
    const input = from > 0 ? region.from : toFloat(0);
    if (!first.above || number(input) < number(first.above.input)) first.above = { input, kind, label };
  }
  return first;
}

function number({ value }: Float): number {
  return Number(value);
}

/** What is swept, in words. */
export function inputsInWords(
  options: SweepOptions,
  loss: AuditedLoss,
  ways: readonly Layout[],
  maps: readonly MapCase[],
  isThinned: boolean,
): string[] {
  const batched = loss.subjects.every((subject) => subject.batched);
  const { points } = pointsOf(options, batched);
  const [low, high] = options.range.map(formatFloat32);
  const labels = loss.subjects.some(({ usesLabels }) => usesLabels)
    ? `labels ${options.labels.map(formatFloat32).join(", ")}`
    : "whatever the labels";
  const one =
    loss.point === "element"
      ? ""
      : loss.point === "row"
        ? `, in rows of ${ways[0]?.size} classes`
        : ", one pixel at a time";
  const swept = `${points.toLocaleString("en-US")} logits evenly spaced in [${low}, ${high}] and as many over all exponents${one}, ${labels}`;
  const names = [...new Set(maps.map(({ label }) => String(label)))].join(", ");
  return [
    ...(ways.length > 0 ? [swept] : []),
    ...loss.subjects
      .filter(({ readsValues }) => readsValues)
      .map(({ name }) => `${name} reads values of its logits: what is exact holds for each point alone`),
    ...(isThinned ? ["fewer of them where no implementation resolves without thousands of bits"] : []),
    ...(maps.length > 0
      ? [
          `${maps.length} map${maps.length === 1 ? "" : "s"} of [${maps[0].shape.join(", ")}] logits: ${names}`,
        ]
      : []),
  ];
}
