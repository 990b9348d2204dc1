import type { Finding, Severity } from "../judge/finding.js";
import { severities } from "./severity.js";

/** Findings that say the same thing, of several targets, labels and regions. */
export interface Group {
  /** The first of them, which the report takes for the worst. */
  first: Finding;
  /** Each region with all targets on which it is the same. */
  regions: { targets: string[]; finding: Finding }[];
}

function sameDefect(finding: Finding): string {
  return JSON.stringify([
    finding.loss,
    finding.implementation,
    finding.arithmetic,
    finding.quantity,
    finding.kind,
  ]);
}

function sameRegion({ region }: Finding): string {
  return JSON.stringify([region.label, region.from.bits, region.to.bits, region.share]);
}

/** Findings of one severity, in the order of the report, one group for each defect of an implementation. */
export function groups(findings: readonly Finding[], severity: Severity): Group[] {
  const byDefect = new Map<string, Map<string, Group["regions"][number]>>();
  for (const finding of findings.filter((f) => f.severity === severity)) {
    const regions = byDefect.get(sameDefect(finding)) ?? new Map();
    byDefect.set(sameDefect(finding), regions);
    const region = regions.get(sameRegion(finding)) ?? { targets: [], finding };
    regions.set(sameRegion(finding), region);
    if (!region.targets.includes(finding.target)) region.targets.push(finding.target);
  }
  return [...byDefect.values()].map((byRegion) => {
    const regions = [...byRegion.values()];
    return { first: regions[0].finding, regions };
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
