import type { FuzzHooks } from "../fuzz/fuzz.js";
import { fuzzReport } from "../fuzz/fuzz-report.js";
import { gateReport } from "../gate/gate-report.js";
import type { AnyReport } from "../report/any-report.js";
import { sweepReport } from "../sweep/sweep-report.js";
import { type LossListener, Teller } from "../sweep/teller.js";
import { type Merged, merge } from "./merge.js";

/** Who hears of what was found, in the order in which one run would have told of it. */
export interface MergeHooks extends LossListener, Pick<FuzzHooks, "onFinding"> {}

export interface MergedRun {
  report: AnyReport;
  /** The project's, as typed; undefined: the working folder. */
  folder?: string;
}

/**
 * What one run would have given, of the blobs of all its shards. Throws an InputError for a file that is no blob that
 * can be used, and where the files are not all the shards of one run.
 */
export async function mergedReport(
  files: readonly string[],
  plots: boolean,
  hooks: MergeHooks = {},
): Promise<MergedRun> {
  const merged = await merge(files);
  const { sweep, fuzz } = merged.work;
  const folder = sweep?.folder ?? fuzz?.folder;
  for (const warning of merged.warnings) hooks.onWarning?.(warning);
  return { report: await reportOf(merged, plots, hooks), ...(folder !== undefined && { folder }) };
}

async function reportOf({ work, done }: Merged, plots: boolean, hooks: MergeHooks): Promise<AnyReport> {
  const { sweep, fuzz, plan } = work;
  if (plan) {
    const all = { ...plan, ...(sweep && { sweep: { ...sweep, plots } }), ...(fuzz && { fuzz }) };
    const report = await gateReport(all, done);
    for (const warning of report.warnings) hooks.onWarning?.(warning);
    return report;
  }
  if (fuzz && done.fuzz) {
    const report = fuzzReport(fuzz, done.fuzz);
    for (const warning of report.warnings) hooks.onWarning?.(warning);
    for (const finding of done.fuzz.parts.flatMap(({ findings }) => findings)) hooks.onFinding?.(finding);
    return report;
  }
  if (!sweep || !done.sweep) throw new Error(`The blobs of audit ${work.command} hold nothing.`);
  new Teller(done.sweep, [], hooks).rest();
  return sweepReport({ ...sweep, plots }, done.sweep);
}
