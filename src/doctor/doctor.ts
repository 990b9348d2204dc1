import { ALWAYS_THERE, targetNames } from "../targets/names.js";
import { version } from "../version.js";
import type { DoctorReport, ExaminedTarget } from "./report.js";

/** All targets at once. Those that come with this package must work. */
export async function doctor(
  examine: (name: string) => Promise<ExaminedTarget>,
  onDone: (name: string) => void = () => {},
): Promise<DoctorReport> {
  const targets = await Promise.all(
    targetNames.map(async (name) => {
      const target = await examine(name);
      onDone(name);
      return target;
    }),
  );
  const isReady = (name: string) => targets.some((target) => target.name === name && target.ready);
  return { schema: 1, command: "doctor", version, targets, exitCode: ALWAYS_THERE.every(isReady) ? 0 : 2 };
}
