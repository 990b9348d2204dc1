import { type FuzzParts, fuzzReport } from "../fuzz/fuzz-report.js";
import type { FuzzReport } from "../fuzz/report.js";
import type { AuditReport } from "../report/report.js";
import { type SweepParts, sweepReport } from "../sweep/sweep-report.js";
import { type AuditedLosses, auditedOf } from "./audited.js";
import type { GatePlan } from "./plan.js";

/** What the first half of a gate gives; nothing where nothing has changed. */
export interface GateParts {
  sweep?: SweepParts;
  fuzz?: FuzzParts;
}

/** The same put together. */
export interface Outcome {
  sweep?: AuditReport;
  fuzz?: FuzzReport;
  audited: AuditedLosses;
}

export function outcomeOf(plan: Pick<GatePlan, "sweep" | "fuzz">, { sweep, fuzz }: GateParts): Outcome {
  const swept = plan.sweep && sweep && sweepReport(plan.sweep, sweep);
  const search = plan.fuzz && fuzz && fuzzReport(plan.fuzz, fuzz);
  return {
    ...(swept && { sweep: swept }),
    ...(search && { fuzz: search }),
    audited: auditedOf({
      sweep: (swept?.losses ?? []).flatMap(({ loss, implementations }) =>
        implementations
          .filter(({ verdict }) => verdict !== "failed")
          .map(({ implementation, target }) => ({ loss, implementation, target })),
      ),
      search: (fuzz?.parts ?? []).flatMap(({ result, state }) =>
        result === undefined || state.runs === 0
          ? [] // it tried nothing
          : result.implementations.map((implementation) => ({
              loss: result.loss,
              implementation,
              target: result.target.name,
            })),
      ),
    }),
  };
}
