import type { Finding, Severity } from "../judge/finding.js";
import { severities } from "./severity.js";
import { twoDigits } from "./text.js";

/** The same defect in the same regions: of several implementations of a loss, in value and gradient alike. */
export interface Group {
  loss: string;
  implementations: string[];
  /** What happens in each region, to value and gradient: the findings of the first one. */
  effects: Finding[];
  regions: Region[];
}

/** Floats between two ends, for all labels and on all targets for which they fail alike. */
export interface Region {
  region: Finding["region"];
  labels: string[];
  targets: string[];
  /** It fails so on this one of several targets alone. */
  isOnly: boolean;
}

function buckets<T>(items: Iterable<T>, key: (item: T) => unknown): T[][] {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const name = JSON.stringify(key(item));
    found.set(name, [...(found.get(name) ?? []), item]);
  }
  return [...found.values()];
}

const effect = (finding: Finding) => [finding.quantity, finding.kind, finding.arithmetic];
// The share of a mixed region is an estimate: it counts as the same when it reads the same.
const extent = ({ region }: Finding) => [region.from.bits, region.to.bits, twoDigits(100 * region.share)];

/** Regions with equal ends and targets become one with several labels. */
function mergeLabels(regions: Finding[][][]): Region[] {
  const byTargets = regions.map((targets) => ({
    first: targets[0][0],
    targets: [...new Set(targets.map(([finding]) => finding.target))],
    isOnly: targets.flat().every(({ onlyTarget }) => onlyTarget),
  }));
  return buckets(byTargets, ({ first, targets, isOnly }) => [extent(first), targets, isOnly]).map((same) => ({
    region: same[0].first.region,
    labels: [...new Set(same.map(({ first }) => String(first.region.label)))],
    targets: same[0].targets,
    isOnly: same[0].isOnly,
  }));
}

/** The defects of one implementation: what happens where, on which targets. */
function defects(findings: Finding[]): { effects: Finding[]; regions: Region[] }[] {
  const places = buckets(findings, (f) => [f.region.label, extent(f), f.target]);
  return buckets(places, (place) => place.map(effect)).map((same) => ({
    effects: same[0],
    regions: mergeLabels(buckets(same, ([f]) => [f.region.label, extent(f)])),
  }));
}

/** Findings of one severity in groups, losses and implementations in the order of the report. */
export function groups(findings: readonly Finding[], severity: Severity): Group[] {
  const chosen = findings.filter((finding) => finding.severity === severity);
  return buckets(chosen, (f) => f.loss).flatMap((ofLoss) => {
    const all = buckets(ofLoss, (f) => f.implementation).flatMap(defects);
    return buckets(all, ({ effects, regions }) => [
      effects.map(effect),
      regions.map(({ region, labels, targets }) => [
        region.from.bits,
        region.to.bits,
        twoDigits(100 * region.share),
        labels,
        targets,
      ]),
    ]).map((same) => ({
      loss: same[0].effects[0].loss,
      implementations: same.map(({ effects }) => effects[0].implementation),
      effects: same[0].effects,
      regions: same[0].regions,
    }));
  });
}

/** How many findings there are of each severity. */
export function tally(findings: readonly Finding[]): Record<Severity, number> {
  const of = (severity: Severity) => findings.filter((f) => f.severity === severity).length;
  return Object.fromEntries(severities.map((severity) => [severity, of(severity)])) as Record<
    Severity,
    number
  >;
}
