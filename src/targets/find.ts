import type { AuditError, TargetDescription } from "../report/report.js";
import { inParallel } from "../worker/pool.js";
import { supervise } from "../worker/supervise.js";
import { ALWAYS_THERE, targetNames } from "./names.js";

/** The targets of a run. */
export interface FoundTargets {
  names: string[];
  /** The same with those that are missing. */
  asked: string[];
  /** One for each of those that were asked for by name and are not there. */
  missing: AuditError[];
}

/**
 * Looks which of the targets that were asked for are there, each in a process of
 * its own: `all` asks for each by name, `auto` takes what there is. Those that
 * come with this package need no look.
 */
export async function findTargets(
  { targets: asked, timeout, jobs }: { targets: readonly string[]; timeout: number; jobs?: number },
  signal?: AbortSignal,
): Promise<FoundTargets> {
  const named = asked.includes("all") ? targetNames : asked;
  const wanted = asked.includes("auto") ? targetNames : targetNames.filter((name) => named.includes(name));
  const there = new Set(wanted.filter((name) => ALWAYS_THERE.includes(name)));
  const reasons = new Map<string, string>();
  const look = async (target: string): Promise<void> => {
    const { result, error, casualties } = await supervise<TargetDescription>(
      () => ({ kind: "target", target }),
      timeout,
      () => {},
      signal,
    );
    const reason = error ?? casualties[0]?.message;
    if (result) there.add(target);
    else if (reason !== undefined) reasons.set(target, reason);
  };
  await inParallel(
    wanted.filter((name) => !there.has(name)),
    look,
    { jobs, signal },
  );
  const missing = wanted.flatMap((target) => {
    const message = reasons.get(target);
    return message !== undefined && named.includes(target) ? { target, message } : [];
  });
  return {
    names: wanted.filter((name) => there.has(name)),
    asked: wanted.filter((name) => there.has(name) || missing.some(({ target }) => target === name)),
    missing,
  };
}
