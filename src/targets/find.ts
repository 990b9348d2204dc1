import type { AuditError, TargetDescription } from "../report/report.js";
import { supervise } from "../worker/supervise.js";
import { ALWAYS_THERE, targetNames } from "./names.js";

/** The targets of a run. */
export interface FoundTargets {
  names: string[];
  /** One for each of those that were asked for by name and are not there. */
  missing: AuditError[];
}

/**
 * Looks which of the targets that were asked for are there, each in a process of
 * its own: `all` asks for each by name, `auto` takes what there is. Those that
 * come with this package need no look.
 */
export async function findTargets(
  asked: readonly string[],
  timeout: number,
  signal?: AbortSignal,
): Promise<FoundTargets> {
  const isAuto = asked.includes("auto");
  const named = asked.includes("all") ? targetNames : asked.filter((name) => name !== "auto");
  const wanted = isAuto ? targetNames : targetNames.filter((name) => named.includes(name));
  const looks = await Promise.all(
    wanted.map(async (name): Promise<{ name: string; reason?: string } | undefined> => {
      if (ALWAYS_THERE.includes(name)) return { name };
      const job = () => ({ kind: "target" as const, target: name });
      const { result, error, casualties } = await supervise<TargetDescription>(
        job,
        timeout,
        () => {},
        signal,
      );
      if (result) return { name };
      const reason = error ?? casualties[0]?.message;
      return reason === undefined ? undefined : { name, reason };
    }),
  );
  const found = looks.filter((look) => look !== undefined);
  return {
    names: found.flatMap(({ name, reason }) => (reason === undefined ? name : [])),
    missing: found.flatMap(({ name, reason }) =>
      reason !== undefined && named.includes(name) ? { target: name, message: reason } : [],
    ),
  };
}
