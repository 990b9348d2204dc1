import type { AuditedLoss } from "../audit/subject.js";
import type { ExplainedPoint } from "../explain/report.js";
import type { Precisions } from "../oracle/oracle.js";
import type { Target } from "../targets/target.js";
import type { SweepOptions } from "./options.js";
import type { Tally } from "./tally.js";

/** What the sweep of a loss on a target needs to know of its surroundings. */
export interface SweepContext {
  loss: AuditedLoss;
  target: Target;
  options: SweepOptions;
  precisions: Precisions;
  tally: Tally;
  /** The points that were taken apart for the reason of a finding. */
  explained: Map<string, ExplainedPoint>;
  /** Called before each call of user code that may take long. */
  onStep(implementation: string, points: number): void;
  /** Lets messages in; false when the sweep is to end with what it has. */
  goesOn(): Promise<boolean>;
}
