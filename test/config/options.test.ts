import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkConfig } from "../../src/config/check.js";
import type { Config } from "../../src/config/config.js";
import { fuzzOptionsOf, sweepOptionsOf } from "../../src/config/options.js";
import { ownOptions as ownSearch } from "../../src/fuzz/own-options.js";
import { InputError } from "../../src/inputs/input-error.js";
import { ownOptions } from "../../src/sweep/own-options.js";

const here = process.cwd();
const swept = (config: Config, folder = here) => sweepOptionsOf(checkConfig(config, "c"), folder);
const searched = (config: Config, folder = here) =>
  fuzzOptionsOf(checkConfig({ seed: 1, ...config }, "c"), folder);

/** What one loss is swept with, beside others that have no options of their own. */
const one = (all: Config, own: Config) => {
  const options = swept({ ...all, losses: ["softplus", { loss: "./a.ts", ...own }] });
  expect(ownOptions(options, "softplus")).toEqual({ ...swept(all), losses: options.losses });
  return ownOptions(options, "./a.ts");
};
const oneSearch = (all: Config, own: Config) => {
  const options = searched({ ...all, losses: ["softplus", { loss: "./a.ts", ...own }] });
  return ownSearch(options, "./a.ts");
};

describe("a sweep", () => {
  test("has each key of the configuration", () => {
    expect(
      swept({
        losses: ["softplus", "./my loss.ts#f"],
        targets: ["wasm", "cpu", "wasm"],
        implementation: ["stable", "naive", "stable"],
        range: [-0.1, "0x42b17218"],
        points: 7,
        labels: [0, "0x3f000000", 0.5],
        special: ["zero", "zero"],
        size: [8, 32],
        classes: 3,
        objects: [2, 5],
        heatmaps: 4,
        seed: 9,
        from: "probabilities",
        rtol: 1e-3,
        atol: 1e-6,
        timeout: 5,
        "fail-on": "note",
        severities: { nan: "warning" },
        jobs: 2,
      }),
    ).toEqual({
      losses: ["softplus", "./my loss.ts#f"],
      targets: ["wasm", "cpu"],
      implementations: ["stable", "naive"],
      // Float32 of -0.1 and of the bits: the first beyond log of the largest.
      range: [-13421773 / 2 ** 27, 88.72283935546875],
      points: 7,
      labels: [0, 0.5],
      special: ["zero"],
      heatmaps: { count: 4, height: 8, width: 32, classes: 3, objects: [2, 5] },
      seed: 9,
      from: "probabilities",
      rtol: 1e-3,
      atol: 1e-6,
      timeout: 5,
      failOn: "note",
      severities: { nan: "warning" },
      jobs: 2,
    });
  });

  test("of a folder elsewhere has its paths as they are typed here", () => {
    const options = swept(
      { losses: ["losses/a.ts"], logits: "x/l.npy", "label-map": "/abs/z.npy" },
      join(here, "sub"),
    );
    expect(options).toMatchObject({
      losses: ["sub/losses/a.ts"],
      logits: "sub/x/l.npy",
      labelMap: "/abs/z.npy",
      folder: "sub",
    });
    expect(swept({ losses: ["a.ts"], logits: "l.npy" }, join(here, ".."))).toMatchObject({
      losses: ["../a.ts"],
      logits: "../l.npy",
      folder: "..",
    });
  });

  test("of one loss has its own options before those of all, and only those", () => {
    const all: Config = { rtol: 1e-3, size: [8, 8], severities: { nan: "note", overflow: "note" } };
    expect(
      one(all, { rtol: 1e-4, range: [-1, 1], classes: 2, severities: { overflow: "error" } }),
    ).toMatchObject({
      rtol: 1e-4,
      range: [-1, 1],
      heatmaps: { height: 8, width: 8, classes: 2 },
      severities: { nan: "note", overflow: "error" },
    });
    const options = swept({ ...all, losses: ["softplus", { loss: "./a.ts", rtol: 1e-3, points: 5 }] });
    expect(options.own).toEqual({ "./a.ts": { points: 5 } });
    expect(swept({ losses: [{ loss: "./a.ts", fuzz: true }] })).not.toHaveProperty("own");
  });

  test("of one loss reads a file in the place of maps that are drawn, and the other way round", () => {
    expect(one({ heatmaps: 3 }, { logits: "l.npy" })).toMatchObject({
      logits: "l.npy",
      heatmaps: { count: undefined },
    });
    const files = { logits: "l.npy", "label-map": "z.npy" };
    expect(one(files, { heatmaps: 3 })).toMatchObject({
      ...{ logits: undefined, labelMap: undefined },
      heatmaps: { count: 3 },
    });
    expect(one(files, { logits: "m.npy" })).toMatchObject({ logits: "m.npy", labelMap: undefined });
    expect(one(files, { labels: [1] })).toMatchObject({ logits: "l.npy", labelMap: undefined, labels: [1] });
  });

  test.each<[Config, string]>([
    [
      { "label-map": "z.npy" },
      "label-map gives the labels of real logits, but there are no logits. Give logits, a .npy file, too, or the labels " +
        "of a range with labels.",
    ],
    [
      { logits: "l.npy", heatmaps: 3 },
      "heatmaps draws maps and logits reads them from a file: give one of the two.",
    ],
    [
      { size: [4096, 4096], classes: 2 },
      "size 4096x4096 with classes 2 makes 33,554,432 pixels a map; at most 16,777,216 are allowed. Make the size or the " +
        "classes smaller.",
    ],
    [{ size: [1, 2] }, "objects 0,3 is more than a map of size 1x2 has room for: at most 2."],
  ])("%j makes no sense, for all losses or for one, which is named", (options, message) => {
    expect(() => swept(options)).toThrow(new InputError(message));
    expect(() => swept({ losses: ["softplus", { loss: "./a.ts#f", ...options }] })).toThrow(
      new InputError(`./a.ts#f: ${message}`),
    );
  });
});

describe("a search", () => {
  test("has each key of the configuration and of fuzz", () => {
    expect(
      searched({
        losses: ["softplus"],
        targets: "auto",
        from: "probabilities",
        rtol: 1e-3,
        atol: 1e-6,
        timeout: 5,
        "fail-on": "error",
        severities: { nan: "warning" },
        jobs: 3,
        // A sweep's alone
        range: [-1, 1],
        points: 5,
        special: ["zero"],
        fuzz: {
          runs: 10,
          seed: 4,
          "max-findings": 5,
          property: ["nan", "overflow", "nan"],
          range: [-2, 2],
          "label-range": [-1, 0.1],
          special: ["infinity"],
          train: "./m.ts#small",
          corpus: "kept",
        },
      }),
    ).toEqual({
      losses: ["softplus"],
      implementations: [],
      targets: ["auto"],
      from: "probabilities",
      rtol: 1e-3,
      atol: 1e-6,
      timeout: 5,
      failOn: "error",
      severities: { nan: "warning" },
      jobs: 3,
      runs: 10,
      seed: 4,
      maxFindings: 5,
      properties: ["nan", "overflow"],
      range: [-2, 2],
      labelRange: [-1, 13421773 / 2 ** 27],
      special: ["infinity"],
      train: "./m.ts#small",
      corpus: "kept",
    });
  });

  test("has the seed of fuzz, else that of all, else one that is drawn", () => {
    expect(fuzzOptionsOf({ seed: 5, fuzz: { seed: 6 } }, here).seed).toBe(6);
    expect(fuzzOptionsOf({ seed: 5, fuzz: true }, here).seed).toBe(5);
    expect(new Set(Array.from({ length: 20 }, () => fuzzOptionsOf({}, here).seed)).size).toBeGreaterThan(1);
  });

  test("keeps failures in the folder of the configuration, unless another is named", () => {
    expect(searched({}).corpus).toBe(".audit/corpus");
    expect(searched({}, join(here, "..")).corpus).toBe("../.audit/corpus");
    expect(searched({ fuzz: { corpus: "c", train: "m.ts#f" } }, join(here, "sub"))).toMatchObject({
      corpus: "sub/c",
      train: "sub/m.ts#f",
    });
  });

  test("leaves out the losses that say fuzz: false, and is refused where that is all of them", () => {
    const losses: Config["losses"] = [
      "softplus",
      { loss: "./a.ts", fuzz: false },
      { loss: "./b.ts", fuzz: true },
    ];
    expect(searched({ losses }).losses).toEqual(["softplus", "./b.ts"]);
    expect(() => searched({ losses: [losses[1]] })).toThrow(
      new InputError("Nothing is left to search: every loss of the configuration says fuzz: false."),
    );
  });

  test("of one loss has its own budget in the place of that of all", () => {
    const all: Config = { fuzz: { runs: 10, property: ["nan"], seed: 1 }, rtol: 1e-3 };
    expect(oneSearch(all, { fuzz: { time: 5 }, rtol: 0 })).toMatchObject({
      ...{ runs: undefined, time: 5, properties: ["nan"], rtol: 0, seed: 1 },
    });
    expect(oneSearch({ fuzz: { time: 5 } }, { fuzz: { runs: 10 } })).toMatchObject({
      runs: 10,
      time: undefined,
    });
    expect(searched({ ...all, losses: [{ loss: "./a.ts", fuzz: true }] })).not.toHaveProperty("own");
  });

  test("is not told twice how long it is", () => {
    const both = { fuzz: { runs: 1, time: 1 } };
    const message = "fuzz has runs and time, which both say how long to search: give one of them.";
    expect(() => searched(both)).toThrow(new InputError(message));
    expect(() => searched({ losses: [{ loss: "softplus", ...both }] })).toThrow(
      new InputError(`softplus: ${message}`),
    );
  });
});
