import { severestFirst, severityRank } from "../judge/finding.js";
import type { BaselineFinding } from "./baseline.js";
import type { Comparison } from "./compare.js";
import type { Found } from "./found.js";

/**
 * Compares what searches have found of one defect: by number and severity alone. The region is that of the example, and
 * which one is the second is a matter of chance.
 */
export function compareSearched(
  before: readonly BaselineFinding[],
  now: readonly Found[],
  { changes, improvements, cured }: Comparison,
): void {
  const accepted = [...before];
  const take = (fits: (one: BaselineFinding) => boolean) => {
    const at = accepted.findIndex(fits);
    return at < 0 ? undefined : accepted.splice(at, 1)[0];
  };
  const others = now.filter(({ severity }) => !take((one) => one.severity === severity));
  accepted.sort(severestFirst);
  for (const { id, severity } of others.sort(severestFirst)) {
    const was = take(() => true);
    if (was === undefined) changes.set(id, { kind: "new" });
    else if (severityRank[severity] > severityRank[was.severity])
      changes.set(id, { kind: "more-severe", was });
    else improvements.set(id, { kind: "less-severe", was });
  }
  cured.push(...accepted);
}
