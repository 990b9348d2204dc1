import type { AnyReport } from "../any-report.js";
import { fitted } from "./fitted.js";
import { sectionsOf } from "./sections.js";

/** A comment on GitHub holds 65,536 characters: what is left out is told. */
const COMMENT = 65_000;

/**
 * A report for the comment of a pull request or the summary of a step: the
 * verdict, what fails, and the rest folded. In at most `limit` bytes: of what does
 * not fit whole sections are left out, the least important ones.
 */
export function markdownReport(report: AnyReport, limit = COMMENT): string {
  return fitted(sectionsOf(report), limit);
}
