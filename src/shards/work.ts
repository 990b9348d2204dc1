import type { FuzzParts } from "../fuzz/fuzz-report.js";
import type { FuzzOptions } from "../fuzz/options.js";
import type { GatePlan } from "../gate/plan.js";
import type { SweepOptions } from "../sweep/options.js";
import type { SweepParts } from "../sweep/sweep-report.js";

export const COMMANDS = ["sweep", "fuzz", "gate"] as const;
export type ShardedCommand = (typeof COMMANDS)[number];

/** What is cut into shards, all questions answered. It is the same for all of them, and JSON. */
export interface Work {
  command: ShardedCommand;
  sweep?: SweepOptions;
  fuzz?: FuzzOptions;
  /** Of a gate: what is done once all is there. */
  plan?: GatePlan;
}

/** What became of it, or of a share of it. */
export interface Done {
  sweep?: SweepParts;
  fuzz?: FuzzParts;
}
