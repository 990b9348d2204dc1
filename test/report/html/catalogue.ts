import { catalogueNames } from "../../../src/losses/names.js";
import type { AuditReport } from "../../../src/report/report.js";
import { swept } from "../../sweep/swept.js";
import { sampleReport } from "../sample-report.js";

/** A sweep of the whole catalogue with plots, of fewer points: curves, regions and maps are as many. */
export async function catalogueReport(): Promise<AuditReport> {
  const results = [];
  for (const loss of catalogueNames.keys()) results.push(await swept(loss, { points: 501, plots: true }));
  return {
    ...sampleReport,
    losses: results.map(({ summary }) => summary),
    findings: results.flatMap(({ findings }) => findings),
    errors: [],
    exitCode: 0,
  };
}
