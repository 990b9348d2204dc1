import type { TargetDescription } from "../../src/report/report.js";
import { supervise } from "../../src/worker/supervise.js";

/** Targets whose tests must run here, whatever is missing. CI names them all, so that none is left out unseen. */
export const EXPECTED = (process.env.AUDIT_EXPECT_TARGETS ?? "").split(",");

/** Whether the tests of a target run: where it is there, and where it is expected to be. */
export async function runs(target: string): Promise<boolean> {
  if (EXPECTED.includes(target)) return true;
  const { result } = await supervise<TargetDescription>(
    () => ({ kind: "target", target }),
    30,
    () => {},
  );
  return result !== undefined;
}
