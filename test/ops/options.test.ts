import { expect, test } from "vitest";
import { type OpsFlags, opsOptions } from "../../src/cli/ops-options.js";

const flags: OpsFlags = { target: "cpu,wasm", points: "1000", timeout: "60" };

test("arguments and flags become options; an op that is named twice is measured once", () => {
  expect(opsOptions(["exp", "pow", "exp"], flags)).toEqual({
    ops: ["exp", "pow"],
    targets: ["cpu", "wasm"],
    points: 1000,
    timeout: 60,
  });
});

test.each<[string[], Partial<OpsFlags>, RegExp]>([
  [["epx"], {}, /^There is no op "epx"\. Did you mean "exp"\? The ops are abs, acos, .*, sum\.$/],
  [["conv2d"], {}, /^There is no op "conv2d"\. The ops are/],
  [["logsumexp"], {}, /Did you mean "logSumExp"\?/],
  [[], { target: "tensorflo" }, /^--target does not know "tensorflo"\. Did you mean "tensorflow"\?/],
  [[], { points: "0" }, /^--points takes a whole number from 1 to 10,000,000, but "0" was given\.$/],
  [[], { timeout: "0" }, /^--timeout 0 would stop/],
])("%j with %j is refused", (ops, changes, message) => {
  expect(() => opsOptions(ops, { ...flags, ...changes })).toThrow(message);
});
