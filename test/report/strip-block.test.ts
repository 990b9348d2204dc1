import { Chalk } from "chalk";
import { expect, test } from "vitest";
import { lossTable } from "../../src/report/loss-table.js";
import type { Cell, ImplementationSummary, LossSummary } from "../../src/report/report.js";
import { stripBlock } from "../../src/report/strip-block.js";

const plain = (columns = 80) => ({ columns, colour: new Chalk({ level: 0 }) });
const good: Cell[] = new Array(24).fill("good");
const fails = (cell: Cell, from: number): Cell[] => good.map((_, i) => (i < from ? "good" : cell));

function line(implementation: string, target: string, strip?: Cell[]): ImplementationSummary {
  return {
    ...{ implementation, target, verdict: "ok", points: 1, kinds: [], firstFailing: {} },
    ...(strip && { strip }),
  };
}

function summary(implementations: ImplementationSummary[], range?: [number, number]): LossSummary {
  return { loss: "l", inputs: [], implementations, escalated: 0, ...(range && { range }) };
}

const few = summary(
  [
    line("naive", "cpu", fails("nan", 20)),
    line("naive", "wasm", fails("infinity", 12)),
    line("naive", "webgl", fails("nan", 20)),
    line("stable", "cpu", good),
    line("stable", "wasm", good),
    line("broken", "cpu"),
  ],
  [-120, 120],
);

test("each implementation has its range in one line, once for all targets on which it is the same", () => {
  expect(`\n${stripBlock(few, plain()).join("\n")}`).toBe(`
implementation target     -120        0        120
──────────────────────────────────────────────────
naive          cpu, webgl ····················NNNN
               wasm       ············∞∞∞∞∞∞∞∞∞∞∞∞
stable         cpu, wasm  ························
· good, ∞ Infinity, N NaN: the worst of value and gradient, over all labels.`);
});

test("the table of a loss ends with it, after a blank line", () => {
  expect(lossTable(few, plain())).toContain(`\n\n${stripBlock(few, plain()).join("\n")}\n`);
});

test("every cell has a sign of its own, and the legend names those that occur", () => {
  const cells: Cell[] = ["good", "inaccurate", "dead", "infinity", "nan", "throws"];
  const all = stripBlock(summary([line("f", "cpu", cells)], [0, 6]), plain());
  expect(all[2]).toMatch(/ ·~0∞N!$/);
  expect(all.slice(3).join(" ")).toContain(
    "· good, ~ inaccurate, 0 dead gradient, ∞ Infinity, N NaN, ! throws: ",
  );
});

test("there is none where no range was swept, or nothing is known", () => {
  expect(stripBlock(summary([line("f", "cpu")]), plain())).toEqual([]);
  expect(stripBlock(summary([line("f", "cpu")], [-1, 1]), plain())).toEqual([]);
});

test.each<[[number, number], string]>([
  [[-120, 120], "-120        0        120"],
  [[0, 50], "0                     50"],
  [[-50, 0], "-50                    0"],
  [[1000.123456, 2000], "1000.1235           2000"],
  [[5, 5.000001], "5               5.000001"],
  [[-3.4028234663852886e38, 3.4028234663852886e38], "-3.4028e+38 0 3.4028e+38"],
  [[-1e-45, 1e30], "-1e-45             1e+30"],
])("the axis of %j reads %s", ([low, high], expected) => {
  const range: [number, number] = [Math.fround(low), Math.fround(high)];
  const [head] = stripBlock(summary([line("f", "cpu", good)], range), plain());
  expect(head.slice(-24).trim()).toBe(expected.trim());
});

test.each([60, 80, 100])("twelve implementations on two targets fit in %i columns", (columns) => {
  const names = Array.from({ length: 12 }, (_, i) => `a-quite-long-name-of-an-implementation-${i}`);
  const many = names.flatMap((name, i) => [
    line(name, "tensorflow", fails("nan", i)),
    line(name, "webgpu-browser", fails("dead", i)),
  ]);
  const block = stripBlock(summary(many, [-120, 120]), plain(columns));
  for (const text of block) expect(text.length).toBeLessThanOrEqual(columns);
  expect(block.filter((text) => /[·N0]{24}$/.test(text))).toHaveLength(24);
});

test("colour changes nothing but colour", () => {
  const coloured = stripBlock(few, { columns: 80, colour: new Chalk({ level: 1 }) }).join("\n");
  expect(coloured).toContain("\u001b[31mN\u001b[39m");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences of colours are such
  expect(coloured.replaceAll(/\u001b\[\d+m/g, "")).toBe(stripBlock(few, plain()).join("\n"));
});
