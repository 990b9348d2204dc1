import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { configured } from "../../src/cli/configured.js";
import { fuzzOptionsOf, sweepOptionsOf } from "../../src/config/options.js";
import { project } from "./project.js";

const folder = project({
  "audit.config.json": JSON.stringify({
    losses: ["softplus", { loss: "losses/*.ts", rtol: 1e-3, points: 5 }, { loss: "sub/own.ts", points: 6 }],
    logits: "l.npy",
    fuzz: { runs: 7, corpus: "kept", train: "m.ts#f" },
    baseline: "base.json",
  }),
  "other.json": "{}",
  "losses/a.ts": "",
  "losses/b.ts": "",
  "sub/own.ts": "",
});
/** Where the command is typed. */
const here = join(folder, "sub");
mkdirSync(join(here, "deeper"));

vi.mock("../../src/cli/typed-path.js", async () => {
  const { resolve } = await import("node:path");
  return { typedPath: (path: string) => resolve(here, path) };
});

test("in a subfolder the configuration above is found, and its paths are typed from here", async () => {
  const loaded = await configured({}, []);
  expect(loaded).toMatchObject({ file: join("..", "audit.config.json"), folder });
  expect(sweepOptionsOf(loaded.config, folder)).toMatchObject({
    losses: ["softplus", "../losses/a.ts", "../losses/b.ts", "./own.ts"],
    logits: "../l.npy",
    folder: "..",
    own: { "../losses/a.ts": { rtol: 1e-3, points: 5 }, "./own.ts": { points: 6 } },
  });
  expect(fuzzOptionsOf(loaded.config, folder)).toMatchObject({
    corpus: "../kept",
    train: "../m.ts#f",
    runs: 7,
  });
});

test("losses that are typed take the place of those of the configuration, with their options there", async () => {
  const { config } = await configured({}, ["own.ts", "../losses/b.ts#focal", "log-sum-exp", "./new.ts"]);
  expect(config.losses).toEqual([
    { loss: "sub/own.ts", points: 6 },
    { loss: "losses/b.ts#focal", rtol: 1e-3, points: 5 },
    "log-sum-exp",
    "sub/new.ts",
  ]);
  expect(sweepOptionsOf(config, folder).losses).toEqual([
    ...["./own.ts", "../losses/b.ts#focal", "log-sum-exp", "./new.ts"],
  ]);
});

test("a flag goes before the configuration, and before the options of one loss in it", async () => {
  const { config } = await configured({ points: 9, fuzz: { time: 2 } }, []);
  const options = sweepOptionsOf(config, folder);
  expect(options.points).toBe(9);
  expect(options.own).toEqual({ "../losses/a.ts": { rtol: 1e-3 }, "../losses/b.ts": { rtol: 1e-3 } });
  expect(fuzzOptionsOf(config, folder)).toMatchObject({ time: 2, corpus: "../kept" });
  expect(fuzzOptionsOf(config, folder)).not.toHaveProperty("runs");
});

test("a path that is typed is one from here, not from the folder of the configuration", async () => {
  const flags = { logits: "real.npy", "label-map": "/abs/z.npy", baseline: "deeper/b.json" };
  const fuzz = { corpus: "../c", train: "./m.ts#g" };
  const { config } = await configured({ ...flags, fuzz }, []);
  expect(config.baseline).toBe(join("sub", "deeper", "b.json"));
  expect(sweepOptionsOf(config, folder)).toMatchObject({ logits: "./real.npy", labelMap: "/abs/z.npy" });
  expect(fuzzOptionsOf(config, folder)).toMatchObject({ corpus: "../c", train: "./m.ts#g" });
});

test("a configuration that is named is read in the place of the nearest one", async () => {
  const loaded = await configured({ heatmaps: 2 }, [], "../other.json");
  expect(loaded).toEqual({ config: { heatmaps: 2 }, file: "../other.json", folder });
});

test("without a configuration what is typed stays as it is", async () => {
  const loaded = await configured({ logits: "x.npy" }, ["./a.ts#f", "b.ts"], "../other.json");
  expect(sweepOptionsOf(loaded.config, loaded.folder)).toMatchObject({
    losses: ["./a.ts#f", "./b.ts"],
    logits: "./x.npy",
  });
});
