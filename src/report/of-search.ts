import type { FuzzFinding } from "../fuzz/report.js";
import type { Finding } from "../judge/finding.js";

/** Whether a finding is that of a search: about one input, with an example, where nothing was swept. */
export function isOfSearch<F extends Finding>(finding: F): finding is F & FuzzFinding {
  return "example" in finding;
}
