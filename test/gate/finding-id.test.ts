import { expect, test } from "vitest";
import { parseId } from "../../src/gate/finding-id.js";
import { toFloat } from "../../src/inputs/float32.js";
import type { Finding } from "../../src/judge/finding.js";
import { withIds } from "../../src/judge/ids.js";

const [first, second] = withIds(
  [1, 2].map((x) => ({
    loss: "src/value/nan/my-loss",
    implementation: "naive",
    target: "wasm-browser",
    quantity: "gradient",
    kind: "wrong-sign",
    region: { from: toFloat(x), to: toFloat(x), label: "1 beside a 1" },
  })) as Finding[],
);

test("of a finding of a sweep the names are read, also where the loss is a path; number and side are no part of its group", () => {
  const names = {
    loss: "src/value/nan/my-loss",
    implementation: "naive",
    target: "wasm-browser",
    way: "sweep",
  };
  const group = "src/value/nan/my-loss/naive/wasm-browser/gradient/wrong-sign/1-beside-a-1";
  expect(parseId(first.id)).toEqual({ ...names, group, side: "above" });
  expect(second.id).toMatch(/-2$/);
  expect(parseId(second.id)).toEqual({ ...names, group, side: "above" });
  expect(parseId(`${group}/around-0`)).toEqual({ ...names, group, side: "around-0" });
  expect(parseId(`${group}/around-0-2`)).toEqual({ ...names, group, side: "around-0" });
});

test.each([
  ["my-loss/naive/cpu/value/nan/Log1p-2", "my-loss/naive/cpu/value/nan/Log1p"],
  ["my-loss/naive/cpu/gradient/divergence", "my-loss/naive/cpu/gradient/divergence"],
  ["my-loss/naive/cpu/probabilities/value/nan/Log", "my-loss/naive/cpu/probabilities/value/nan/Log"],
])("%s is a finding of a search", (id, group) => {
  expect(parseId(id)).toEqual({
    loss: "my-loss",
    implementation: "naive",
    target: "cpu",
    way: "search",
    group,
  });
});

test("an id that somebody made up has no names", () => {
  expect(parseId("my failure")).toEqual({
    ...{ loss: "", implementation: "", target: "" },
    ...{ way: "search", group: "my failure" },
  });
});
