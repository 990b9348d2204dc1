import type { FuzzFinding } from "../fuzz/report.js";
import type { Finding } from "../judge/finding.js";
import type { AuditReport } from "../report/report.js";
import type { BaselineFinding } from "./baseline.js";
import type { Change, Improvement } from "./compare.js";
import type { Ignored } from "./ignores.js";

export type { Change, Improvement } from "./compare.js";

/** A finding of the sweep, or of the search where it has an `example`. */
export type GateFinding = (Finding | FuzzFinding) & {
  /** How it is worse than the baseline; absent where it is not. */
  change?: Change;
  /** How it is better. */
  improvement?: Improvement;
  /** It changed, and is as severe as what fails the gate. */
  fails?: true;
  /** The configuration ignores it. */
  ignored?: Ignored;
};

/** What was looked for with `--changed`. */
export interface ChangedSince {
  /** The git ref, as it was typed or found. */
  since: string;
  /** The commit that files are compared with: where the branch left the ref. Absent where there is none. */
  commit?: string;
  /** The losses that were passed over, since nothing of them has changed. */
  unchanged: string[];
  /** Why nothing was passed over, where a change may concern any loss. */
  everything?: string;
}

/** The JSON of `audit gate`. */
export interface GateReport extends Omit<AuditReport, "command" | "findings"> {
  command: "gate";
  /** Inputs of the search, 0 where there was none. */
  runs: number;
  findings: GateFinding[];
  /** What the baseline knows and was looked for, but not found again. */
  cured: BaselineFinding[];
  baseline: {
    /** As the user would type it. */
    file: string;
    /** `absent`: there is no such file, or none that can be read, and all that was found is new. */
    state: "absent" | "compared" | "updated" | "pruned";
    /** Whether its file was changed. */
    written: boolean;
    /** What else is not as it was when the baseline was written: versions, devices. */
    differences: string[];
    /** Losses, implementations and targets that were in it and are not any more. */
    removed: string[];
  };
  /** With `--changed` only. */
  changed?: ChangedSince;
  warnings: string[];
}
