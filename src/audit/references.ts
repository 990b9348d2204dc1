import { relativeError } from "../judge/classify.js";
import { exactNumber } from "../judge/number.js";
import type { Precisions } from "../oracle/oracle.js";
import { type Layout, layouts } from "./layout.js";
import type { AuditedLoss, Subject } from "./subject.js";

/** Logits and labels at which implementations that are the same function agree. */
const LOGITS = [-20.5, -3.25, -0.75, 0.3, 2.5, 18];
const LABELS = [0, 1, 0.25];
/** Enough for every formula that is not saturated at these logits. */
const BITS = 256;

/** Whose exact run is the loss where the user wrote it: what most of its implementations agree on. */
export function agreedReferences({ point, references }: AuditedLoss, precisions: Precisions): Subject[] {
  const [first] = references;
  return first ? majority(references, layouts(point, first.shape), precisions) : [];
}

/**
 * Which implementations of a user's loss are taken for the loss itself: the
 * largest group that is one function when run exactly; of two equally large
 * ones that of the implementation that comes first.
 */
export function majority(
  subjects: readonly Subject[],
  ways: readonly Layout[],
  precisions: Precisions,
): Subject[] {
  if (subjects.length < 2) return [...subjects];
  const runs = subjects.map((subject) => fingerprint(subject, ways, precisions));
  const groups = runs.map((run) => subjects.filter((_, j) => agree(run, runs[j])));
  return groups.reduce((best, group) => (group.length > best.length ? group : best));
}

/** Exact values in every layout of points; NaN where there is none. */
function fingerprint(subject: Subject, ways: readonly Layout[], precisions: Precisions): number[] {
  return ways.flatMap((layout) => {
    const exact = subject.exact.inShape(layout.shape(subject.shape));
    return LABELS.flatMap((z) =>
      LOGITS.map((x) => {
        try {
          const point = [layout.logits(Float32Array.of(x)), layout.labels(z, 1)] as const;
          const { value } = exact.exact(precisions.at(BITS), ...point);
          return value.defined === "yes" ? exactNumber(value) : Number.NaN;
        } catch {
          return Number.NaN; // a function that throws here has no value here
        }
      }),
    );
  });
}

/** Equal to 2^-20 wherever both have a value. */
function agree(a: readonly number[], b: readonly number[]): boolean {
  return a.every((x, i) => Number.isNaN(x) || Number.isNaN(b[i]) || relativeError(x, b[i]) < 2 ** -20);
}
