import { expect, test } from "vitest";
import type { Curve } from "../../src/report/report.js";
import { joinCurves } from "../../src/sweep/join-curves.js";

/** The curve of one implementation; what is exact is the logit itself, and what is computed 100 more. */
function curve(name: string, target: string, label: number | string, x: number[]): Curve {
  const line = {
    implementation: name,
    target,
    computed: x.map((n) => 100 + n),
    errorBits: x.map((n) => 200 + n),
  };
  return { label, x, exact: { value: x, gradient: x.map((n) => -n) }, value: [line], gradient: [line] };
}

test("lines of one label are put over all logits of any of them, with gaps", () => {
  const [joined, ...others] = joinCurves([curve("f", "cpu", 0, [1, 2, 5]), curve("g", "cpu", 0, [2, 3])]);
  expect(others).toEqual([]);
  expect(joined.x).toEqual([1, 2, 3, 5]);
  expect(joined.exact).toEqual({ value: [1, 2, 3, 5], gradient: [-1, -2, -3, -5] });
  expect(joined.value.map(({ computed }) => computed)).toEqual([
    [101, 102, null, 105],
    [null, 102, 103, null],
  ]);
  expect(joined.gradient[1].errorBits).toEqual([null, 202, 203, null]);
});

test("labels stay apart, in the order in which they first come", () => {
  const joined = joinCurves([
    curve("f", "cpu", 1, [1]),
    curve("f", "cpu", "0 beside a positive", [1]),
    curve("g", "cpu", 1, [1]),
  ]);
  expect(joined.map(({ label, value }) => [label, value.length])).toEqual([
    [1, 2],
    ["0 beside a positive", 1],
  ]);
});

test("it does not matter in which parts they are joined", () => {
  const all = [
    curve("f", "cpu", 0, [1, 2, 5]),
    curve("g", "cpu", 0, [-3, 2]),
    curve("f", "wasm", 0, [1, 2, 4]),
    curve("g", "wasm", 0, [7]),
  ];
  const whole = joinCurves(all);
  for (const cut of [1, 2, 3]) {
    expect(joinCurves([...joinCurves(all.slice(0, cut)), ...joinCurves(all.slice(cut))])).toEqual(whole);
  }
});

test("nothing gives nothing", () => {
  expect(joinCurves([])).toEqual([]);
});
