import type { LoadedConfig } from "../config/load.js";
import { asTyped, configuredLosses } from "../config/losses.js";
import { fuzzOptionsOf, sweepOptionsOf } from "../config/options.js";
import { checkFileWritable } from "../files/write-file.js";
import type { FuzzOptions } from "../fuzz/options.js";
import { InputError } from "../inputs/input-error.js";
import type { Shard, SweepOptions } from "../sweep/options.js";
import { namedLosses } from "./loss-names.js";
import { passOverUnchanged } from "./pass-over.js";
import type { GatePlan } from "./plan.js";
import { readBaseline } from "./read-baseline.js";
import { type Restricted, restricted } from "./restrict.js";

export const DEFAULT_BASELINE = "audit-baseline.json";

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
  /** The part of the work that is done here, of `of` parts, counted from 1. */
  shard?: Shard;
  /** Whether the report holds what plots are drawn from. */
  plots?: boolean;
}

/** Answers all questions before anything runs. Throws an InputError for what can't be done. */
export async function planGate(
  { config, file, folder }: LoadedConfig,
  options: GateOptions = {},
): Promise<GatePlan> {
  const { update = false, prune = false, targets, shard, plots } = options;
  if (update && prune) {
    throw new InputError(
      "--update accepts all of the present state, --prune only what is cured: give one of them.",
    );
  }
  const configured = configuredLosses(config.losses ?? [], folder);
  const asked = options.losses ?? [];
  if (configured.length === 0 && asked.length === 0) {
    throw new InputError(
      `There is nothing to audit${file ? `: ${file} has no losses` : ""}. Name losses, or list them in a configuration: audit init writes one.`,
    );
  }
  for (const [i, ignore] of (config.ignore ?? []).entries()) {
    const { reason, expires, ...names } = ignore;
    if (Object.keys(names).length === 0) {
      throw new InputError(
        `The configuration's ignore[${i}] names nothing, and would ignore every finding. Add an id, a loss or a kind.`,
      );
    }
  }

  const seeded = { ...config, seed: config.seed ?? 0 };
  const part: Restricted =
    configured.length === 0
      ? restricted(asked, [])
      : restricted(
          configured.map(({ argument }) => argument),
          asked,
        );
  const common = { ...(shard && { shard }) };
  const sweep: SweepOptions = {
    ...withSeed(restrictedTo(part, sweepOptionsOf(seeded, folder)), options.seed),
    ...common,
    ...(plots && { plots }),
  };
  const isSearched = (argument: string) => {
    const whole = part.wholeOf.get(argument) ?? argument;
    const own = configured.find((loss) => loss.argument === whole)?.own;
    return (own?.fuzz ?? config.fuzz ?? false) !== false;
  };
  const searched = sweep.only?.filter(isSearched) ?? [];
  const fuzz: FuzzOptions | undefined =
    searched.length === 0
      ? undefined
      : {
          ...withSeed(restrictedTo({ ...part, only: searched }, fuzzOptionsOf(seeded, folder)), options.seed),
          ...common,
        };
  checkBudgets(sweep, fuzz);

  const baseline = {
    file: asTyped(config.baseline ?? DEFAULT_BASELINE, folder),
    isNamed: config.baseline !== undefined,
  };
  const isWholeTarget = targets === undefined || targets.includes("all") || targets.includes("auto");
  const names = namedLosses(sweep.losses, sweep.folder);
  const plan: GatePlan = {
    sweep,
    ...(fuzz && { fuzz }),
    seed: sweep.seed,
    baseline,
    mode: update ? "update" : prune ? "prune" : "compare",
    ...(config["fail-on"] && { failOn: config["fail-on"] }),
    ignore: config.ignore ?? [],
    scope: {
      ...(asked.length > 0 && {
        losses: names
          .filter(({ argument }) => sweep.only?.includes(argument))
          .map(({ loss, implementation }) => ({
            loss,
            ...(implementation !== undefined && { implementation }),
          })),
      }),
      ...(!isWholeTarget && { targets }),
    },
    dependencies: {},
  };
  if (plan.mode !== "compare") await checkFileWritable(baseline.file);
  const stored = await readBaseline(baseline.file);
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

type Own = { losses: string[]; only?: string[]; own?: Readonly<Record<string, object>> };

/** Options for what is asked for; a part of a loss has its options. */
function restrictedTo<T extends Own>({ losses, only, wholeOf }: Restricted, options: T): T {
  const own = options.own && {
    ...options.own,
    ...Object.fromEntries(
      [...wholeOf].flatMap(([part, whole]) => (options.own?.[whole] ? [[part, options.own[whole]]] : [])),
    ),
  };
  return { ...options, losses, only, ...(own && { own }) };
}

function withSeed<T extends { seed: number; own?: Readonly<Record<string, { seed?: number }>> }>(
  options: T,
  seed: number | undefined,
): T {
  if (seed === undefined) return options;
  const own = Object.entries(options.own ?? {}).map(([argument, one]) => [argument, { ...one, seed }]);
  return { ...options, seed, ...(options.own && { own: Object.fromEntries(own) }) };
}

/** A search that tries nothing, or a sweep of nothing, would look like losses without fault. */
function checkBudgets(sweep: SweepOptions, fuzz: FuzzOptions | undefined): void {
  const all = <T extends object>({ own, ...options }: T & { own?: Readonly<Record<string, Partial<T>>> }) => [
    options as Partial<T>,
    ...Object.values(own ?? {}),
  ];
  const refuse = (what: string, example: string) => {
    throw new InputError(
      `${what} tries nothing, which would look like losses without fault. Give ${example}.`,
    );
  };
  if (all(sweep).some(({ points }) => points === 0)) refuse("points: 0", "a number of logits, such as 2001");
  if (fuzz && all(fuzz).some(({ runs }) => runs === 0))
    refuse("fuzz with runs: 0", "a number of inputs, such as 10000");
  if (fuzz && all(fuzz).some(({ time }) => time === 0)) refuse("fuzz with time: 0", "seconds, such as 60");
}
