import type { Ignore } from "../config/config.js";
import type { LoadedConfig } from "../config/load.js";
import { asTyped } from "../config/losses.js";
import { checkFileWritable } from "../files/write-file.js";
import { InputError } from "../inputs/input-error.js";
import { checkImplementations } from "../losses/check-implementations.js";
import { namedLosses } from "./loss-names.js";
import { passOverUnchanged } from "./pass-over.js";
import type { GatePlan } from "./plan.js";
import { readBaseline } from "./read-baseline.js";
import { type RunOptions, runOptions } from "./run-options.js";
import type { Scope } from "./scope.js";

const DEFAULT_BASELINE = "audit-baseline.json";

/** What `audit gate` is asked for beside a configuration. */
export interface GateOptions {
  /** Losses that it is restricted to, as typed in the working folder; without a configuration those that it has. */
  losses?: readonly string[];
  /** Targets that it is restricted to: what a baseline knows of others is left alone. */
  targets?: readonly string[];
  /** Whether losses of which nothing has changed since a git ref are passed over; empty: since where the branch began. */
  changed?: string;
  /** Whether the present state is accepted. */
  update?: boolean;
  /** Whether what is cured is taken out of the baseline. */
  prune?: boolean;
  /** Of everything that is drawn, in the place of what the configuration has. */
  seed?: number;
  /** Whether the report holds what plots are drawn from. */
  plots?: boolean;
}

/** Answers all questions before anything runs. Throws an InputError for what can't be done. */
export async function planGate(
  { config, file, folder }: LoadedConfig,
  options: GateOptions = {},
): Promise<GatePlan> {
  const { update = false, prune = false } = options;
  if (update && prune) {
    throw new InputError(
      "--update accepts all of the present state, --prune only what is cured: give one of them.",
    );
  }
  const { ignore = [] } = config;
  checkIgnores(ignore);
  const run = runOptions(config, folder, file, options);
  const { sweep, fuzz } = run;
  checkImplementations(sweep);
  const plan: GatePlan = {
    sweep,
    ...(fuzz && { fuzz }),
    seed: sweep.seed,
    baseline: {
      file: asTyped(config.baseline ?? DEFAULT_BASELINE, folder),
      isNamed: config.baseline !== undefined,
    },
    mode: update ? "update" : prune ? "prune" : "compare",
    ...(config["fail-on"] && { failOn: config["fail-on"] }),
    ignore,
    scope: scopeOf(run, options),
    dependencies: {},
  };
  if (plan.mode !== "compare") await checkFileWritable(plan.baseline.file);
  const stored = await readBaseline(plan.baseline.file);
  checkNamed(plan, stored !== undefined);
  return passOverUnchanged(plan, { folder, config: file, since: options.changed, before: stored?.baseline });
}

/** A baseline that somebody named, and that is not there, would make everything new, or nothing. */
export function checkNamed({ baseline, mode }: GatePlan, isThere: boolean): void {
  if (isThere || !baseline.isNamed || mode === "update") return;
  throw new InputError(
    `There is no baseline ${baseline.file}. Check the path, or make it with audit gate --update.`,
  );
}

function scopeOf({ sweep, asked }: RunOptions, { targets }: GateOptions): Scope {
  const names = new Map(namedLosses(sweep.losses, sweep.folder).map((loss) => [loss.argument, loss]));
  const losses = asked?.flatMap(({ argument, implementation }) => {
    const known = names.get(argument);
    const part = implementation ?? known?.implementation;
    return known ? { loss: known.loss, ...(part !== undefined && { implementation: part }) } : [];
  });
  const isAll = targets === undefined || targets.includes("all") || targets.includes("auto");
  return { ...(losses && { losses }), ...(!isAll && { targets }) };
}

function checkIgnores(ignores: readonly Ignore[]): void {
  for (const [i, { reason, expires, ...names }] of ignores.entries()) {
    if (Object.keys(names).length > 0) continue;
    throw new InputError(
      `The configuration's ignore[${i}] names nothing, and would ignore every finding. Add an id, a loss or a kind.`,
    );
  }
}
