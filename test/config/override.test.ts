import { describe, expect, test } from "vitest";
import type { Config } from "../../src/config/config.js";
import { overridden } from "../../src/config/override.js";

test("without flags a configuration stays as it is", () => {
  const config: Config = {
    losses: ["a", { loss: "b.ts", rtol: 0, fuzz: false }],
    fuzz: { runs: 1 },
    rtol: 1,
  };
  expect(overridden(config, {})).toEqual(config);
  expect(overridden({}, {})).toEqual({});
});

test("a flag goes before the key of its name, and before that of single losses", () => {
  const config: Config = {
    losses: ["a", { loss: "b.ts", rtol: 0, points: 5 }],
    rtol: 0.1,
    targets: "all",
    seed: 3,
  };
  expect(overridden(config, { rtol: 0.5, targets: ["cpu"] })).toEqual({
    losses: ["a", { loss: "b.ts", points: 5 }],
    rtol: 0.5,
    targets: ["cpu"],
    seed: 3,
  });
  expect(config.losses).toEqual(["a", { loss: "b.ts", rtol: 0, points: 5 }]);
});

describe("a flag takes the other way to say the same with it", () => {
  const drawn: Config = { heatmaps: 3 };
  const read: Config = { logits: "l.npy", "label-map": "z.npy" };
  test.each<[before: Config, flags: Config, after: Config, leftOfOneLoss: Config]>([
    [drawn, { logits: "m.npy" }, { logits: "m.npy" }, {}],
    [read, { heatmaps: 1 }, { heatmaps: 1 }, {}],
    [read, { logits: "m.npy" }, { logits: "m.npy" }, {}],
    [read, { "label-map": "y.npy" }, { logits: "l.npy", "label-map": "y.npy" }, { logits: "l.npy" }],
    [read, { logits: "m.npy", "label-map": "y.npy" }, { logits: "m.npy", "label-map": "y.npy" }, {}],
    [read, { labels: [1] }, { logits: "l.npy", labels: [1] }, { logits: "l.npy" }],
    [
      { fuzz: { runs: 5, seed: 2 } },
      { fuzz: { time: 1 } },
      { fuzz: { time: 1, seed: 2 } },
      { fuzz: { seed: 2 } },
    ],
    [{ fuzz: { time: 5 } }, { fuzz: { runs: 1 } }, { fuzz: { runs: 1 } }, { fuzz: {} }],
  ])("%j with %j is %j, and of one loss %j is left", (before, flags, after, left) => {
    expect(overridden(before, flags)).toEqual(after);
    expect(overridden({ losses: [{ loss: "a", ...before }] }, flags).losses).toEqual([
      { loss: "a", ...left },
    ]);
  });
});

describe("a search", () => {
  test.each<[before: Config["fuzz"], flags: Config["fuzz"], after: Config["fuzz"]]>([
    [undefined, { runs: 1 }, { runs: 1 }],
    [true, { runs: 1 }, { runs: 1 }],
    [false, { runs: 1 }, { runs: 1 }],
    [{ runs: 5, corpus: "c" }, { runs: 1 }, { runs: 1, corpus: "c" }],
    [{ runs: 5 }, {}, { runs: 5 }],
    [{ runs: 5 }, true, { runs: 5 }],
    [{ runs: 5 }, false, false],
    [false, true, true],
    [true, undefined, true],
  ])("%j with %j is %j", (before, flags, after) => {
    const config = before === undefined ? {} : { fuzz: before };
    expect(overridden(config, flags === undefined ? {} : { fuzz: flags }).fuzz).toEqual(after);
  });

  test("of one loss keeps what no flag says, and stays off", () => {
    const losses: Config["losses"] = [
      { loss: "a", fuzz: { runs: 5, train: "m.ts#f" } },
      { loss: "b", fuzz: false },
      { loss: "c", fuzz: true },
    ];
    expect(overridden({ losses }, { fuzz: { time: 1 } }).losses).toEqual([
      { loss: "a", fuzz: { train: "m.ts#f" } },
      { loss: "b", fuzz: false },
      { loss: "c", fuzz: true },
    ]);
  });
});

test("severities are put together kind by kind", () => {
  const severities = { nan: "note", overflow: "note" } as const;
  expect(overridden({ severities }, { severities: { overflow: "error" } }).severities).toEqual({
    nan: "note",
    overflow: "error",
  });
});
