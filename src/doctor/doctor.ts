import { ALWAYS_THERE, targetNames } from "../targets/names.js";
import { version } from "../version.js";
import { supervise } from "../worker/supervise.js";
import type { DoctorReport, Examination, ExaminedTarget } from "./report.js";

/** Looks at a target, in a process of its own. */
export type Examine = (name: string) => Promise<ExaminedTarget>;

/** All targets at once. Those that come with this package must work. */
export async function doctor(
  examine: Examine,
  onDone: (target: ExaminedTarget) => void = () => {},
): Promise<DoctorReport> {
  const targets = await Promise.all(
    targetNames.map(async (name) => {
      const target = await examine(name);
      onDone(target);
      return target;
    }),
  );
  const isReady = (name: string) => targets.some((target) => target.name === name && target.ready);
  return { schema: 1, command: "doctor", version, targets, exitCode: ALWAYS_THERE.every(isReady) ? 0 : 2 };
}

/** A target that brings its process down, or does not come back in so many seconds, does not work. */
export function examineApart(timeout: number): Examine {
  return async (name) => {
    const job = () => ({ kind: "doctor" as const, target: name });
    const { result, error, casualties } = await supervise<Examination>(job, timeout, () => {});
    if (result) return { name, ready: true, ...result };
    return { name, ready: false, reason: error ?? casualties.map(({ message }) => message).join(" ") };
  };
}
