import { Chalk } from "chalk";
import { expect, test } from "vitest";
import { opsText } from "../../src/report/ops-text.js";
import { op, report, special } from "./sample-ops.js";

const terminal = { columns: 80, colour: new Chalk({ level: 0 }) };
const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

const text = (...args: Parameters<typeof report>) => opsText(report(...args), terminal, { all: false });
const widest = (of: string) => Math.max(...of.split("\n").map((line) => line.length));

test("a row for each op, value and gradient of each target beside one another", () => {
  const ops = [
    ...op("exp(x)", { cpu: [0.4996, 0.5], wasm: [0.5, 12.4] }),
    ...op("pow(x, c)", { cpu: [nan, inf], wasm: [1.2e7, 0] }),
    ...op("divNoNan(x, c)", { cpu: [0.5, undefined], wasm: [0.5, undefined] }),
  ];
  expect(text(["cpu", "wasm"], ops)).toMatch(
    `
                             cpu              wasm
op                value gradient    value gradient
──────────────────────────────────────────────────
exp                 0.5      0.5      0.5       12
pow(x, c)           NaN      inf    1.2e7        0
divNoNan(x, c)      0.5   throws      0.5   throws
`.slice(1),
  );
});

test("an op that a target does not have is a dash there", () => {
  const ops = [...op("exp(x)", { cpu: [1, 1] }), ...op("log(x)", { cpu: [1, 1], wasm: [2, 2] })];
  expect(text(["cpu", "wasm"], ops)).toMatch(/^exp +1 +1 +– +–$/m);
});

test("targets that do not fit become tables of their own, and nothing is wider than 80 columns", () => {
  const targets = ["cpu", "wasm", "tensorflow", "tensorflow-gpu", "webgpu", "webgl", "webgpu-browser"];
  const errors = Object.fromEntries(targets.map((name): [string, [number, number]] => [name, [1.25e7, nan]]));
  const all = text(targets, [...op("squaredDifference(x, c)", errors), ...op("exp(x)", errors)]);
  expect(all.match(/^op +value/gm)).toHaveLength(3);
  expect(all.match(/^exp +1\.3e7/gm)).toHaveLength(3);
  expect(widest(all)).toBeLessThanOrEqual(80);
});

test("the worst places come worst first, and once for all targets that are alike", () => {
  const ops = [
    ...op("exp(x)", { cpu: [3, 0.5], wasm: [3, 0.5] }),
    ...op("pow(x, c)", { cpu: [inf, 0], wasm: [8e6, nan] }),
  ];
  const [, places] = text(["cpu", "wasm"], ops).split("The worst, in ulps\n");
  expect(places.split("\n").slice(0, 5)).toEqual([
    "   NaN  pow(x, c) gradient on wasm at x = -1e-7, c = 3: NaN, exact 1.5",
    "   inf  pow(x, c) on cpu at x = -1e-7, c = 3: Infinity, exact 1.5",
    "   8e6  pow(x, c) on wasm at x = -1e-7, c = 3: 2, exact 1.5",
    "     3  exp on cpu, wasm at x = -1e-7: 2, exact 1.5",
    "   0.5  exp gradient on cpu, wasm at x = -1e-7: 2, exact 1.5",
  ]);
});

test("a long list of places is cut unless the ops were named", () => {
  const ops = Array.from({ length: 20 }, (_, i) => op(`op${i}(x)`, { cpu: [i + 1, 0] })).flat();
  expect(text(["cpu"], ops)).toContain("\n8 more: name the ops, or see --json\n");
  expect(opsText(report(["cpu"], ops), terminal, { all: true })).not.toContain(" more");
});

test("special values are said as calls, with what they should be and on which targets", () => {
  const [exp, gradient] = op("exp(x)", { cpu: [0, 0] });
  const [pow] = op("pow(x, c)", { cpu: [0, 0] });
  const [softmax] = op("softmax([x, 0])[0]", { cpu: [0, 0] });
  const zero = special(0, 0, 0, "limit").input;
  exp.special = [special(nan, inf, nan, "IEEE 754"), special(-2, 3, nan, "domain")];
  gradient.special = [special(inf, nan, inf, "limit")];
  pow.special = [{ ...special(-0, inf, -inf, "IEEE 754"), constant: special(-1, 0, 0, "limit").input }];
  softmax.special = [{ ...special(inf, nan, 1, "limit"), row: [special(inf, 0, 0, "limit").input, zero] }];
  const onWasm = { ...exp, target: "wasm", special: exp.special.slice(0, 1) };
  const all = text(["cpu", "wasm"], [exp, gradient, pow, softmax, onWasm]);
  expect(all).toContain("\ncpu, wasm: exp(NaN) is Infinity, not NaN\n");
  expect(all).toContain("\ncpu: exp(-2) is 3 where nothing is defined\n");
  expect(all).toContain("\ncpu: exp(Infinity) gradient is NaN, not Infinity\n");
  expect(all).toContain("\ncpu: pow(-0, -1) is Infinity, not -Infinity\n");
  expect(all).toContain("\ncpu: softmax([Infinity, 0])[0] is NaN, not 1\n");
});

test("what throws, what is missing, what flushes and what is software is said", () => {
  const full = report(["cpu", "webgpu"], op("divNoNan(x, c)", { cpu: [0, undefined] }), {
    errors: [{ target: "webgl", message: "There is no browser." }],
    exitCode: 2,
  });
  Object.assign(full.targets[1], { software: true, subnormals: "flushed" });
  const all = opsText(full, terminal, { all: false });
  expect(all).toContain("\ncpu: divNoNan(x, c) gradient throws: There is no gradient.\n");
  expect(all).toContain("\nnot audited  webgl: There is no browser.\n");
  expect(all).toContain("\nwebgpu ran on a software renderer: the numbers of a real GPU may differ.\n");
  expect(all).toContain("\nOn webgpu numbers below 1.2e-38 become 0, which is not counted.\n");
  expect(all).toMatch(/1 op on 2 targets, 1,000 numbers held .* 0\s+unresolved; 1\s+error\.\n$/);
});

test("the meaning is in the words: colour only adds to it", () => {
  const ops = op("exp(x)", { cpu: [1e7, 5] });
  const coloured = opsText(
    report(["cpu"], ops),
    { columns: 80, colour: new Chalk({ level: 1 }) },
    { all: false },
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes of colours
  expect(coloured.replaceAll(/\u001b\[\d+m/g, "")).toBe(text(["cpu"], ops));
  expect(coloured).not.toBe(text(["cpu"], ops));
});
