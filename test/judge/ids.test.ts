import { expect, test } from "vitest";
import { toFloat } from "../../src/inputs/float32.js";
import type { Finding, Label } from "../../src/judge/finding.js";
import { withIds } from "../../src/judge/ids.js";

function finding(from: number, to: number, label: Label = 0): Omit<Finding, "id"> {
  return {
    loss: "softplus",
    implementation: "naive",
    target: "cpu",
    arithmetic: "float32",
    quantity: "value",
    kind: "overflow",
    severity: "error",
    region: { from: toFloat(from), to: toFloat(to), label, points: 1, share: 1 },
    worst: {
      input: toFloat(from),
      label: 0,
      computed: toFloat(Infinity),
      exact: toFloat(from),
      ulps: "Infinity",
    },
    message: "",
    replay: "",
  };
}

const ids = (...findings: Omit<Finding, "id">[]) => withIds(findings).map(({ id }) => id);

test("an id is made of the names and of the side of 0", () => {
  expect(ids(finding(88.72284, 120))).toEqual(["softplus/naive/cpu/value/overflow/0/above"]);
  expect(ids(finding(-120, -88))).toEqual(["softplus/naive/cpu/value/overflow/0/below"]);
  expect(ids(finding(-1, 1))).toEqual(["softplus/naive/cpu/value/overflow/0/around-0"]);
  expect(ids(finding(0, 1))).toEqual(["softplus/naive/cpu/value/overflow/0/around-0"]);
  expect(ids(finding(88, Infinity))).toEqual(["softplus/naive/cpu/value/overflow/0/above"]);
});

test("numbers that wobble are not in it", () => {
  expect(ids(finding(88.72284, 120))).toEqual(ids(finding(16.6, 17)));
});

test("names of labels have no blanks", () => {
  expect(ids(finding(1, 2, "0 beside a positive"))).toEqual([
    "softplus/naive/cpu/value/overflow/0-beside-a-positive/above",
  ]);
});

test("a second region of the same name is numbered, in the order of the findings", () => {
  expect(ids(finding(1, 2), finding(5, 6), finding(-2, -1), finding(8, 9))).toEqual([
    "softplus/naive/cpu/value/overflow/0/above",
    "softplus/naive/cpu/value/overflow/0/above-2",
    "softplus/naive/cpu/value/overflow/0/below",
    "softplus/naive/cpu/value/overflow/0/above-3",
  ]);
});

test("findings are kept as they are", () => {
  const given = finding(1, 2);
  expect(withIds([given])).toEqual([{ id: expect.any(String), ...given }]);
});
