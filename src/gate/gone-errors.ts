import type { AuditError } from "../report/report.js";
import type { Gone } from "./gone.js";
import { namedLosses } from "./loss-names.js";
import type { GatePlan } from "./plan.js";

/** An error for all that a baseline knows and that was not audited, unless one of the failures of the run explains it. */
export function goneErrors(
  gone: readonly Gone[],
  failures: readonly AuditError[],
  { sweep }: Pick<GatePlan, "sweep">,
): AuditError[] {
  const names = new Map(
    namedLosses(sweep?.losses ?? [], sweep?.folder).map(({ argument, loss }) => [argument, loss]),
  );
  const isSame = (a: string | undefined, b: string | undefined) =>
    a === undefined || b === undefined || a === b || names.get(a) === b;
  const isExplained = ({ loss, implementation, target }: Gone) =>
    failures.some(
      (failure) =>
        isSame(failure.loss, loss) &&
        isSame(failure.implementation, implementation) &&
        isSame(failure.target, target),
    );
  return gone
    .filter((one) => !isExplained(one))
    .map(({ way, ...names }) => ({ ...names, message: messageOf({ way, ...names }) }));
}

const ACCEPT = "or accept that with audit gate --update.";

function messageOf({ way, loss, target }: Gone): string {
  if (way === "search") {
    const what = loss === undefined && target === undefined ? "there was none" : "it was not searched";
    return `The baseline was written with a search, and now ${what}. Configure fuzz again, ${ACCEPT}`;
  }
  if (loss === undefined) {
    return `The baseline knows this target, and nothing ran on it. Add it to targets, name with --target those that are meant, ${ACCEPT}`;
  }
  return `The baseline knows it, and it was not audited. Put it back, ${ACCEPT}`;
}
