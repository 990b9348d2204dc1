import { ALWAYS_THERE, targetNames } from "../targets/names.js";
import { version } from "../version.js";
import { inParallel } from "../worker/pool.js";
import type { DoctorReport, ExaminedTarget } from "./report.js";

/** All targets, as many at once as there are processors. Those that come with this package must work. */
export async function doctor(
  examine: (name: string) => Promise<ExaminedTarget>,
  onDone: (name: string) => void = () => {},
): Promise<DoctorReport> {
  const examined = new Map<string, ExaminedTarget>();
  await inParallel(targetNames, async (name) => {
    examined.set(name, await examine(name));
    onDone(name);
  });
  const targets = targetNames.flatMap((name) => examined.get(name) ?? []);
  const works = ALWAYS_THERE.every((name) => examined.get(name)?.ready);
  return { schema: 1, command: "doctor", version, targets, exitCode: works ? 0 : 2 };
}
