import { describe, expect, test } from "vitest";
import { type SweepFlags, sweepConfig } from "../../src/cli/sweep-options.js";
import { sweepOptionsOf } from "../../src/config/options.js";
import { InputError } from "../../src/inputs/input-error.js";
import { sweepDefaults } from "../../src/sweep/defaults.js";

/** The defaults as the command line spells them. */
const typed: SweepFlags = {
  target: "cpu,wasm",
  range: "-120,120",
  labels: "0,1",
  size: "16x16",
  classes: "1",
  objects: "0,3",
  seed: "0",
  from: "logits",
  rtol: String(sweepDefaults.rtol),
  atol: "0",
  "fail-on": "never",
  timeout: "30",
};
const read = (flags: SweepFlags) => sweepOptionsOf(sweepConfig(flags), process.cwd());

test("without a flag and without a configuration a sweep does what its defaults say", () => {
  expect(sweepConfig({})).toEqual({});
  expect(read({})).toEqual(sweepDefaults);
});

test("the defaults, typed out, are the defaults", () => {
  expect(read(typed)).toEqual(sweepDefaults);
});

test("a flag alone says nothing of the others", () => {
  expect(sweepConfig({ range: "-1,1" })).toEqual({ range: [-1, 1] });
});

describe("what is given is read", () => {
  test("a range in decimal is rounded to float32, in bits it is taken as it is", () => {
    expect(read({ range: "-0.1,0.1" }).range).toEqual([-13421773 / 2 ** 27, 13421773 / 2 ** 27]);
    expect(read({ range: "0xc2cff1b5, 0x42b17218" }).range).toEqual([-103.97208404541016, 88.72283935546875]);
    expect(read({ range: "-1e-45,3.4028235e38" }).range).toEqual([-(2 ** -149), (2 - 2 ** -23) * 2 ** 127]);
  });

  test("lists lose blanks and repetitions", () => {
    expect(read({ labels: "0, 0.5,1,0" }).labels).toEqual([0, 0.5, 1]);
    expect(read({ implementation: "naive, stable" }).implementations).toEqual(["naive", "stable"]);
    expect(read({ special: "zero,infinity,subnormal" }).special).toEqual(["zero", "infinity", "subnormal"]);
  });

  test("the size is height by width", () => {
    const { heatmaps } = read({ heatmaps: "4", size: "8x32", classes: "3", objects: "2,2" });
    expect(heatmaps).toEqual({ count: 4, height: 8, width: 32, classes: 3, objects: [2, 2] });
  });

  test("files, tolerances, seed and time limit", () => {
    const options = read({
      logits: "a.npy",
      "label-map": "b.npy",
      rtol: "0",
      atol: "1e-6",
      seed: "4294967295",
      timeout: "0.5",
    });
    expect(options).toMatchObject({
      logits: "a.npy",
      labelMap: "b.npy",
      rtol: 0,
      atol: 1e-6,
      seed: 2 ** 32 - 1,
      timeout: 0.5,
    });
  });
});

const refused: [flags: Partial<SweepFlags>, message: RegExp][] = [
  [{ range: "5,-5" }, /--range 5,-5 is reversed.*Give --range -5,5/],
  [{ range: "3,3" }, /--range 3,3 holds one number only/],
  [{ range: "1,1.00000001" }, /holds one number only: both ends are the float32 1\./],
  [{ range: "-120" }, /--range takes LOW,HIGH with a comma.*"-120" was given/],
  [{ range: "1,2,3" }, /--range takes LOW,HIGH/],
  [{ range: "" }, /--range takes LOW,HIGH/],
  [{ range: "a,b" }, /--range: "a" is not a number/],
  [{ range: "NaN,1" }, /--range: "NaN" is no input/],
  [{ range: "0x7fc00000,1" }, /NaN/],
  [{ range: "-1e39,1" }, /--range: "-1e39" is beyond float32/],
  [{ range: "-Infinity,1" }, /--range takes finite float32 numbers.*"-Infinity" was given/],
  [{ points: "0" }, /--points takes a whole number from 2 to 1,000,000,000, but "0" was given/],
  [{ points: "-3" }, /--points takes a whole number.*"-3"/],
  [{ points: "1.5" }, /--points takes a whole number.*"1.5"/],
  [{ points: "1e99" }, /--points takes a whole number.*"1e99"/],
  [{ points: "99999999999" }, /--points takes a whole number.*"99999999999"/],
  [{ labels: "0,one" }, /--labels: "one" is not a number/],
  [{ labels: "0,,1" }, /--labels takes numbers separated by commas.*"0,,1"/],
  [{ size: "16" }, /--size takes HEIGHTxWIDTH.*"16"/],
  [{ size: "0x16" }, /--size takes a whole number from 1/],
  [
    { size: "4096x4096", classes: "2" },
    /^size 4096x4096 with classes 2 makes 33,554,432 pixels a map; at most 16,777,216 are/,
  ],
  [{ classes: "0" }, /--classes takes a whole number from 1/],
  [{ objects: "3,1" }, /--objects 3,1 is reversed.*Give --objects 1,3/],
  [{ objects: "3" }, /--objects takes MIN,MAX.*"3"/],
  [{ objects: "0,257" }, /^objects 0,257 is more than a map of size 16x16 has room for: at most 256\./],
  [{ objects: "0,16777217" }, /--objects takes a whole number from 0 to 16,777,216/],
  [{ heatmaps: "-1" }, /--heatmaps takes a whole number from 0/],
  [{ seed: "4294967296" }, /--seed takes a whole number from 0 to 4,294,967,295/],
  [{ seed: "" }, /--seed takes a whole number/],
  [{ rtol: "-1" }, /--rtol takes a number from 0 to 1.*"-1"/],
  [{ rtol: "tiny" }, /--rtol takes a number/],
  [{ atol: "Infinity" }, /--atol takes a number/],
  [{ timeout: "0" }, /--timeout 0 would stop every loss/],
  [{ timeout: "10s" }, /--timeout takes a number from 0 to 86,400 seconds.*"10s"/],
  [{ special: "zeros" }, /--special does not know "zeros". Did you mean "zero"\?/],
  [{ from: "logit" }, /--from does not know "logit". Did you mean "logits"\?/],
  [{ "fail-on": "warnings" }, /--fail-on does not know "warnings". Did you mean "warning"\?/],
  [
    { "label-map": "b.npy" },
    /^label-map gives the labels of real logits, but there are no logits\. Give logits, a \.npy file, too/,
  ],
  [{ logits: "a.npy", heatmaps: "3" }, /^heatmaps draws maps and logits reads them .*: give one/],
  [{ logits: "" }, /--logits takes the path of a \.npy file, but "" was given\./],
];

test.each(refused)("%j is refused with the flag, the value and the rule", (flags, message) => {
  expect(() => read(flags)).toThrow(InputError);
  expect(() => read(flags)).toThrow(message);
});
