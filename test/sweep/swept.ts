import { fileURLToPath } from "node:url";
import type { Finding, Kind, Label, Quantity } from "../../src/judge/finding.js";
import { type ResolvedLoss, resolveLosses } from "../../src/losses/resolve.js";
import { sweepDefaults } from "../../src/sweep/defaults.js";
import { joinParts } from "../../src/sweep/join-parts.js";
import { joinTargets } from "../../src/sweep/join-targets.js";
import type { SweepOptions } from "../../src/sweep/options.js";
import { type Part, WHOLE } from "../../src/sweep/piece.js";
import { type LossResult, sweepLoss } from "../../src/sweep/sweep-loss.js";

/** The path of a file in fixtures. */
export function fixture(path: string): string {
  return fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url));
}

export type Swept = Pick<LossResult, "summary" | "findings" | "unresolved" | "warnings" | "errors">;

/** Sweeps one loss in this process, on one target after the other. */
export async function swept(argument: string, options: Partial<SweepOptions> = {}): Promise<Swept> {
  const [given] = resolveLosses([argument]);
  const all = { ...sweepDefaults, ...options };
  const parts = [];
  for (const target of all.targets) {
    parts.push(joinParts([{ result: await sweptPart(given, target, all), errors: [] }]));
  }
  const { result, errors } = joinTargets(parts);
  if (!result) throw new Error("No target was named.");
  return { ...result, errors };
}

/** Sweeps a part of a loss on a target in this process. */
export function sweptPart(loss: ResolvedLoss, target: string, options: SweepOptions, part: Part = WHOLE) {
  const hooks = { onStep: () => {}, onPrepared: () => {}, isStopped: () => false };
  return sweepLoss({ loss, target, options, part, skip: [], ended: [] }, hooks);
}

export interface Wanted {
  implementation?: string;
  target?: string;
  quantity?: Quantity;
  kind?: Kind;
  label?: Label;
  side?: "above" | "below" | "around-0";
}

/** The findings that fit. */
export function findings(result: Swept, wanted: Wanted): Finding[] {
  return result.findings.filter(
    (finding) =>
      (wanted.implementation === undefined || finding.implementation === wanted.implementation) &&
      (wanted.target === undefined || finding.target === wanted.target) &&
      (wanted.quantity === undefined || finding.quantity === wanted.quantity) &&
      (wanted.kind === undefined || finding.kind === wanted.kind) &&
      (wanted.label === undefined || finding.region.label === wanted.label) &&
      (wanted.side === undefined || new RegExp(`/${wanted.side}(-\\d+)?$`).test(finding.id)),
  );
}

/** A finding in short: `implementation target quantity kind severity label: from to`. */
export function short(finding: Finding): string {
  const { implementation, target, quantity, kind, severity, region } = finding;
  return `${implementation} ${target} ${quantity} ${kind} ${severity} ${region.label}: ${region.from.value} ${region.to.value} ${region.share} worst ${finding.worst.input.value} c ${finding.worst.computed?.value} e ${finding.worst.exact.value}`;
}
