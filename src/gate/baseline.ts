import type { Float, Severity } from "../judge/finding.js";

/** A finding that is accepted. What wobbles is not kept. */
export interface BaselineFinding {
  id: string;
  severity: Severity;
  /** Of a sweep: the first and the last failing float32. Absent for notes, and for what a search has found. */
  from?: Float;
  to?: Float;
}
