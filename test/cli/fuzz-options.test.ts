import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { checkReplay, type FuzzFlags, fuzzConfig } from "../../src/cli/fuzz-options.js";
import { fuzzOptionsOf } from "../../src/config/options.js";
import { writeEntry } from "../../src/fuzz/corpus/write-entry.js";
import { fuzzDefaults } from "../../src/fuzz/defaults.js";
import { replayOptionsOf } from "../../src/fuzz/replay-options.js";
import { InputError } from "../../src/inputs/input-error.js";
import { smallEntry } from "../fuzz/corpus/samples.js";

/** The defaults as the command line spells them. */
const typed: FuzzFlags = {
  target: "cpu",
  "max-findings": "100",
  range: "-10000,10000",
  corpus: ".audit/corpus",
  from: "logits",
  rtol: String(fuzzDefaults.rtol),
  atol: "0",
  "fail-on": "never",
  timeout: "30",
};
const read = (flags: FuzzFlags) => fuzzOptionsOf(fuzzConfig(flags), process.cwd());

test.each([
  ["without a flag", {}],
  ["with the defaults typed out", typed],
])("%s a search does what its defaults say, and the seed is drawn", (_, flags) => {
  const { seed, ...options } = read(flags);
  expect(options).toEqual(fuzzDefaults);
  expect(seed).toBeGreaterThanOrEqual(0);
  expect(seed).toBeLessThan(2 ** 32);
  expect(Number.isInteger(seed)).toBe(true);
  const seeds = Array.from({ length: 20 }, () => read({}).seed);
  expect(new Set(seeds).size).toBeGreaterThan(1);
});

describe("what is given is read", () => {
  test("a budget in inputs or in seconds", () => {
    expect(read({ runs: "1000000000" })).toMatchObject({ runs: 1e9 });
    expect(read({ runs: "1" })).not.toHaveProperty("time");
    expect(read({ time: "0.5" })).toMatchObject({ time: 0.5 });
    expect(read({ time: "2592000" })).not.toHaveProperty("runs");
    expect(read({ seed: "4294967295", "max-findings": "1" })).toMatchObject({
      seed: 2 ** 32 - 1,
      maxFindings: 1,
    });
  });

  test("ranges in decimal are rounded to float32, in bits they are taken as they are", () => {
    expect(read({ range: "-0.1,0.1" }).range).toEqual([-13421773 / 2 ** 27, 13421773 / 2 ** 27]);
    expect(read({ range: "0x42b17217,0x42b17218" }).range).toEqual([88.72283172607422, 88.72283935546875]);
    expect(read({ "label-range": "-1000,1000" }).labelRange).toEqual([-1000, 1000]);
    expect(read({ range: "-3.4028235e38,3.4028235e38" }).range[1]).toBe((2 - 2 ** -23) * 2 ** 127);
  });

  test("lists lose blanks and repetitions", () => {
    expect(read({ property: "nan, overflow,nan" }).properties).toEqual(["nan", "overflow"]);
    expect(read({ special: "infinity, nan" }).special).toEqual(["infinity", "nan"]);
    expect(read({ target: "cpu, wasm" }).targets).toEqual(["cpu", "wasm"]);
  });

  test("files, tolerances and what to fail on", () => {
    const given = { train: "./model.ts#small", corpus: "my corpus/é", rtol: "0", atol: "1e-6" };
    expect(read({ ...given, "fail-on": "note", from: "probabilities", timeout: "0.5" })).toMatchObject({
      train: "./model.ts#small",
      corpus: "my corpus/é",
      rtol: 0,
      atol: 1e-6,
      failOn: "note",
      from: "probabilities",
      timeout: 0.5,
    });
  });
});

const mistakes: [flags: Partial<FuzzFlags>, message: RegExp][] = [
  [{ runs: "5", time: "3" }, /^--runs and --time both say how long to search: give one of them\.$/],
  [{ runs: "0" }, /^--runs 0 tries nothing, .* Give a number of inputs, such as 10000\.$/],
  [{ runs: "1e3" }, /^--runs takes a whole number from 1 to 1,000,000,000, but "1e3" was given\.$/],
  [{ runs: "-5" }, /^--runs takes a whole number .* but "-5" was given/],
  [{ runs: "" }, /^--runs takes a whole number .* but "" was given/],
  [{ runs: "1000000001" }, /^--runs takes a whole number .* but "1000000001" was given/],
  [{ time: "0" }, /^--time 0 tries nothing, .* Give seconds, such as 60\.$/],
  [{ time: "0.0" }, /^--time 0 tries nothing/],
  [{ time: "-1" }, /^--time takes a number from 0 to 2,592,000 seconds, but "-1" was given\.$/],
  [{ time: "1 minute" }, /^--time takes a number .* but "1 minute" was given/],
  [{ time: "Infinity" }, /^--time takes a number .* but "Infinity" was given/],
  [{ seed: "-1" }, /^--seed takes a whole number from 0 to 4,294,967,295, but "-1" was given/],
  [{ seed: "4294967296" }, /^--seed takes a whole number .* but "4294967296" was given/],
  [{ seed: "0x1" }, /^--seed takes a whole number .* but "0x1" was given/],
  [{ "max-findings": "0" }, /^--max-findings takes a whole number from 1 to 10,000, but "0" was given/],
  [{ property: "nann" }, /^--property does not know "nann"\. Did you mean "nan"\? It knows nan, overflow, /],
  [{ property: "" }, /^--property takes names separated by commas, such as nan,training, but "" was given/],
  [{ property: "nan," }, /^--property takes names separated by commas/],
  [{ range: "5,-5" }, /^--range 5,-5 is reversed: LOW must be below HIGH\. Give --range -5,5\.$/],
  [{ range: "1,1" }, /^--range 1,1 holds one number only/],
  [{ range: "-Infinity,1" }, /^--range takes finite float32 numbers.*"-Infinity" was given/],
  [{ "label-range": "1" }, /^--label-range takes LOW,HIGH with a comma and no blank, such as 0,1, but "1"/],
  [{ "label-range": "2,1" }, /^--label-range 2,1 is reversed/],
  [{ special: "zero" }, /^--special does not know "zero"\. It knows infinity, nan\.$/],
  [{ corpus: "" }, /^--corpus takes the path of a folder, but "" was given\.$/],
  [{ corpus: " " }, /^--corpus takes the path of a folder/],
  [{ train: "" }, /^--train takes FILE#EXPORT of a model, but "" was given\.$/],
  [{ target: "cpu,wsam" }, /^--target does not know "wsam"\. Did you mean "wasm"\?/],
  [{ from: "logit" }, /^--from does not know "logit"\. Did you mean "logits"\?/],
  [{ "fail-on": "errors" }, /^--fail-on does not know "errors"\. Did you mean "error"\?/],
  [{ rtol: "-1" }, /^--rtol takes a number from 0 to 1/],
  [{ timeout: "0" }, /^--timeout 0 would stop every loss before it starts/],
];

test.each(mistakes)("%j is refused in one clear error", (flags, message) => {
  expect(() => read(flags)).toThrow(InputError);
  expect(() => read(flags)).toThrow(message);
});

describe("with --replay", async () => {
  const corpus = mkdtempSync(join(tmpdir(), "corpus-"));
  afterAll(() => rmSync(corpus, { recursive: true }));
  const entry = smallEntry({ from: "probabilities", target: "wasm" });
  const file = await writeEntry(corpus, entry);
  const again = async (what: string, losses: string[] = [], flags: FuzzFlags = {}) => {
    checkReplay(losses, flags);
    return replayOptionsOf(what, fuzzConfig({ ...flags, corpus }), process.cwd());
  };

  test("the entry says itself what it is tried with", async () => {
    const { losses, targets, from, rtol, atol, replay } = await again(entry.id);
    expect({ losses, targets, from, rtol, atol }).toEqual({
      losses: ["./my-loss.ts#naive"],
      targets: ["wasm"],
      from: "probabilities",
      rtol: 1e-4,
      atol: 1e-6,
    });
    expect(replay).toEqual({ file, entry });
    expect((await again(file)).replay).toEqual({ file, entry });
  });

  test.each(["target", "runs", "time", "from", "rtol", "atol", "train", "property"])(
    "--%s beside it would contradict the entry",
    async (flag) => {
      await expect(again(file, [], { [flag]: "1" })).rejects.toThrow(
        new RegExp(`^--${flag} does not go with --replay: the failure says itself what it is tried with\\.`),
      );
    },
  );

  test("so would a loss", async () => {
    await expect(again(file, ["softplus"])).rejects.toThrow(/^A loss, softplus, does not go with --replay/);
  });

  test("an id that is not there is told with those that are, and nothing is written", async () => {
    const before = readdirSync(corpus);
    await expect(again("my-loss/naive/cpu/gradient/nan/Lag")).rejects.toThrow(
      /^There is no file "my-loss.*Lag", .* Did you mean "my-loss\/naive\/cpu\/gradient\/nan\/Log"\? It has /,
    );
    expect(readdirSync(corpus)).toEqual(before);
  });

  test("an entry of a target that nobody knows is refused, not passed over", async () => {
    const strange = join(corpus, "strange.txt");
    writeFileSync(strange, JSON.stringify({ ...entry, target: "kpu" }));
    await expect(again(strange)).rejects.toThrow(
      /strange\.txt: its target is "kpu", but must be one of cpu, wasm, .* Correct it or delete it\.$/,
    );
  });
});
