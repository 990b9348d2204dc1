import type { Finding } from "../judge/finding.js";
import type { AuditedLosses } from "./audited.js";
import { auditedOf, placesOf, type WAYS } from "./audited.js";
import type { Baseline, BaselineFinding } from "./baseline.js";
import { parseId } from "./finding-id.js";
import { isInScope, isWhole, type Scope } from "./scope.js";

/** What a baseline keeps of a finding: of those whose region can be compared, that region. */
export function accepted({
  id,
  severity,
  region,
}: Pick<Finding, "id" | "severity" | "region">): BaselineFinding {
  if (severity === "note" || parseId(id).way === "search") return { id, severity };
  return { id, severity, from: region.from, to: region.to };
}

/** A baseline with the present state in the place of what is in scope. */
export function updated(before: Baseline | undefined, now: Baseline, scope: Scope): Baseline {
  if (before === undefined || isWhole(scope)) return now;
  const ids = new Set(now.findings.map(({ id }) => id));
  const others = before.findings.filter(({ id }) => !ids.has(id) && !isInScope(scope, parseId(id)));
  const audited = joined(
    placesOf(before.audited).filter((place) => !isInScope(scope, place)),
    placesOf(now.audited),
  );
  const used = new Set(placesOf(audited).map(({ target }) => target));
  const targets = Object.entries({ ...before.targets, ...now.targets }).filter(([name]) => used.has(name));
  return {
    ...now,
    targets: Object.fromEntries(targets),
    dependencies: { ...before.dependencies, ...now.dependencies },
    inputs: { ...inputsOf(before, audited), ...now.inputs },
    audited,
    findings: [...others, ...now.findings],
  };
}

function joined(...places: ReturnType<typeof placesOf>[]): AuditedLosses {
  const of = (way: (typeof WAYS)[number]) => places.flat().filter((place) => place.way === way);
  return auditedOf({ sweep: of("sweep"), search: of("search") });
}

/** Of losses that are still audited. */
function inputsOf({ inputs }: Baseline, audited: AuditedLosses): Baseline["inputs"] {
  const losses = new Set(
    placesOf(audited).flatMap(({ loss, implementation }) => [loss, `${loss}#${implementation}`]),
  );
  return Object.fromEntries(Object.entries(inputs).filter(([loss]) => losses.has(loss)));
}
