import type { Finding } from "../judge/finding.js";

/** What a comparison needs of a finding. */
export type Found = Pick<Finding, "id" | "severity" | "region">;
