import type { Ignore } from "../config/config.js";
import type { FuzzOptions } from "../fuzz/options.js";
import type { Severity } from "../judge/finding.js";
import type { SweepOptions } from "../sweep/options.js";
import type { ChangedSince } from "./report.js";
import type { Scope } from "./scope.js";

/** What a gate does, all questions answered. It is JSON, so that another machine can go on with it. */
export interface GatePlan {
  /** Absent where nothing has changed. */
  sweep?: SweepOptions;
  /** Absent where nothing is searched. */
  fuzz?: FuzzOptions;
  seed: number;
  baseline: {
    /** As typed in the working folder. */
    file: string;
    /** Somebody named it: it has to be there. */
    isNamed: boolean;
  };
  mode: "compare" | "update" | "prune";
  /** Undefined: with a baseline whatever is worse, without one errors. */
  failOn?: Severity | "never";
  ignore: readonly Ignore[];
  scope: Scope;
  changed?: ChangedSince;
  /** Versions of the packages that the losses import, as they are installed in the project. */
  dependencies: Readonly<Record<string, string>>;
}
