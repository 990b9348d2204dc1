import { TargetLostError } from "./target-lost.js";

/** Gives what the work gives; throws a TargetLostError when what it runs on is gone by then. */
export type UntilLost = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * What is lost lets calls throw, wait for ever or give zeros: that is not taken
 * for a result. `lost` comes when it is, and says how.
 */
export function untilLost(lost: Promise<string>): UntilLost {
  let reason: string | undefined;
  const losing = lost.then((how) => {
    reason = how;
  });
  return async (work) => {
    const working = work();
    await Promise.race([losing, working.catch(() => {})]);
    await new Promise((resolve) => setTimeout(resolve, 0)); // it may be said a turn later
    if (reason !== undefined) throw new TargetLostError(reason);
    return working;
  };
}
