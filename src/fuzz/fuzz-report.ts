import { severestFirst } from "../judge/finding.js";
import { unknownImplementations } from "../losses/check-implementations.js";
import { exitCodeOf } from "../report/exit-code.js";
import type { AuditError } from "../report/report.js";
import { version } from "../version.js";
import type { FuzzState } from "./context.js";
import type { FuzzResult } from "./fuzz-loss.js";
import type { FuzzOptions } from "./options.js";
import type { Cured, FuzzFinding, FuzzReport } from "./report.js";

/** What the search of one loss, by its argument, on one target gave. */
export interface FuzzedUnit {
  argument: string;
  target: string;
  state: FuzzState;
  findings: FuzzFinding[];
  cured: Cured[];
  errors: AuditError[];
  warnings: string[];
  /** Undefined when it could not be searched at all. */
  result?: Pick<FuzzResult, "loss" | "implementations" | "names" | "target">;
}

/** What a search, or a shard of one, gave, before it is put together. As JSON holds it. */
export interface FuzzParts {
  /** Arguments of the losses, in the order in which they are reported. */
  losses: string[];
  /** Names of the targets that are there, in the same way. */
  targets: string[];
  /** One for each of those that were asked for by name and are not there. */
  missing: AuditError[];
  /** What to know of the corpus. */
  warnings: string[];
  parts: FuzzedUnit[];
  interrupted: boolean;
}

export function totalOf(states: readonly FuzzState[]): FuzzState {
  const sum = (of: (state: FuzzState) => number) => states.reduce((total, state) => total + of(state), 0);
  return {
    runs: sum(({ runs }) => runs),
    points: sum(({ points }) => points),
    findings: sum(({ findings }) => findings),
    worst: Math.max(0, ...states.map(({ worst }) => worst)),
  };
}

/** The report of a search, from all of its parts in any order. */
export function fuzzReport(options: FuzzOptions, all: FuzzParts): FuzzReport {
  const units = all.losses.flatMap((argument) =>
    all.targets.flatMap((target) =>
      all.parts.filter((unit) => unit.argument === argument && unit.target === target),
    ),
  );
  const findings = units.flatMap((unit) => unit.findings);
  findings.sort(severestFirst);
  const errors = [
    ...all.missing,
    ...unknownImplementations(options, all.parts),
    ...units.flatMap((unit) => unit.errors),
  ];
  const results = units.flatMap(({ result }) => result ?? []);
  const searched = results.flatMap(({ loss, implementations, target }) =>
    implementations.map((implementation) => ({ loss, implementation, target: target.name })),
  );
  const { runs, points } = totalOf(units.map(({ state }) => state));
  const { interrupted } = all;
  return {
    schema: 1,
    command: "fuzz",
    version,
    seed: options.seed,
    targets: all.targets.flatMap(
      (name) => results.map(({ target }) => target).find((target) => target.name === name) ?? [],
    ),
    audited: {
      losses: new Set(results.map(({ loss }) => loss)).size,
      implementations: new Set(searched.map(({ loss, implementation }) => `${loss}#${implementation}`)).size,
      points,
    },
    searched,
    runs,
    findings,
    cured: units.flatMap(({ cured }) => cured),
    unresolved: findings.filter(({ kind }) => kind === "unresolved").length,
    errors,
    warnings: [...new Set([...all.warnings, ...units.flatMap((unit) => unit.warnings)])],
    interrupted,
    exitCode: exitCodeOf(options.failOn, {
      ...{ findings, errors: errors.length, interrupted },
      isAudited: points > 0 || options.replay !== undefined,
    }),
  };
}
