import type { AuditedLoss, Subject } from "../audit/subject.js";
import type { ExplainedPoint } from "../explain/report.js";
import type { Precisions } from "../oracle/oracle.js";
import type { Curve } from "../report/report.js";
import type { Target } from "../targets/target.js";
import type { MapPictures } from "./map-pictures.js";
import type { SweepOptions } from "./options.js";
import type { Tally } from "./tally.js";

export interface Pictures {
  curves: Curve[];
  maps: MapPictures;
}

/** What the sweep of a loss on a target needs to know of its surroundings. */
export interface SweepContext {
  /** With all of its implementations: what is swept and what the loss is must not depend on `subjects`. */
  loss: AuditedLoss;
  /** Those of its implementations that are swept here. */
  subjects: readonly Subject[];
  target: Target;
  options: SweepOptions;
  precisions: Precisions;
  tally: Tally;
  /** The points that were taken apart for the reason of a finding. */
  explained: Map<string, ExplainedPoint>;
  /** What plots are drawn from; absent where none are. */
  pictures?: Pictures;
  /** Called before each call of user code that may take long. */
  onStep(implementation: string, points: number): void;
  /** Lets messages in; false when the sweep is to end with what it has. */
  goesOn(): Promise<boolean>;
}
