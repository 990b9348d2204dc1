import type { AuditError } from "../report/report.js";
import { inOrder, type Parts } from "../sweep/in-order.js";
import { targetNames } from "../targets/names.js";
import type { Blob } from "./blob.js";
import type { Done } from "./work.js";

/** What all shards of a run gave, as if one process had done it. */
export function mergeDone(blobs: readonly Blob[]): Done {
  const sweeps = blobs.flatMap(({ done }) => done.sweep ?? []);
  const searches = blobs.flatMap(({ done }) => done.fuzz ?? []);
  return {
    ...(sweeps.length > 0 && { sweep: merged(sweeps) }),
    ...(searches.length > 0 && {
      fuzz: { ...merged(searches), warnings: [...new Set(searches.flatMap(({ warnings }) => warnings))] },
    }),
  };
}

interface Shared<P extends { argument: string; target: string }> extends Parts<P> {
  losses: string[];
  missing: AuditError[];
}

/** A target may be missing on one machine and there on another; what is missing is said once. */
function merged<P extends { argument: string; target: string }>(all: readonly Shared<P>[]) {
  const { losses } = all[0];
  const there = new Set(all.flatMap(({ targets }) => targets));
  const targets = targetNames.filter((name) => there.has(name));
  const errors = all.flatMap(({ missing }) => missing);
  return {
    losses,
    targets,
    missing: targetNames.flatMap((name) => errors.find(({ target }) => target === name) ?? []),
    parts: inOrder({ losses, targets, parts: all.flatMap(({ parts }) => parts) }),
    interrupted: false,
  };
}
