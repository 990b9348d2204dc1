import type { FuzzFinding } from "../fuzz/report.js";
import type { Finding } from "../judge/finding.js";
import type { AuditReport } from "../report/report.js";
import type { BaselineFinding } from "./baseline.js";

/** How a finding compares with the baseline; absent where it is as it was. */
export type Change =
  | { kind: "new" }
  | { kind: "more-severe"; was: BaselineFinding }
  | { kind: "grown"; was: BaselineFinding };

/** A finding of the sweep, or of the search where it has an `example`. */
export type GateFinding = (Finding | FuzzFinding) & {
  change?: Change;
  /** It changed, and is as severe as what fails the gate. */
  fails?: true;
  /** The configuration ignores it. */
  ignored?: { reason: string; expires?: string };
};

/** The JSON of `audit gate`. */
export interface GateReport extends Omit<AuditReport, "command" | "findings"> {
  command: "gate";
  /** Inputs of the search, 0 where there was none. */
  runs: number;
  findings: GateFinding[];
  /** What the baseline knows and was looked for, but not found again. */
  cured: BaselineFinding[];
  baseline: {
    file: string;
    /** `absent`: there is no such file, and all that was found is new. */
    state: "absent" | "compared" | "updated" | "pruned";
    /** What else is not as it was when the baseline was written, one sentence each: versions, devices. */
    differences: string[];
  };
  warnings: string[];
}
