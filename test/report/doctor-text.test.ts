import { Chalk } from "chalk";
import { expect, test } from "vitest";
import type { DoctorReport, ExaminedTarget } from "../../src/doctor/report.js";
import { toFloat } from "../../src/inputs/float32.js";
import { doctorText } from "../../src/report/doctor-text.js";
import { op } from "./sample-ops.js";

const terminal = { columns: 80, colour: new Chalk({ level: 0 }) };

function ready(name: string, software = false): ExaminedTarget {
  return {
    name,
    ready: true,
    description: {
      name,
      backend: name,
      device: `a device for ${name}`,
      software,
      subnormals: "flushed",
      versions: { tfjs: "4.22.0", "tfjs-core": "4.22.0", driver: "1.2.3", node: "20.20.2" },
    },
    facts: {
      sigmoid: { firstOne: toFloat(Math.fround(16.635532)), oneFrom: toFloat(Math.fround(17.32868)) },
      smallestResult: toFloat(2 ** -149),
      logOfZero: toFloat(-Infinity),
      nanSurvives: { maximum: false, relu: true, clipByValue: false },
    },
    ops: [...op("exp(x)", { [name]: [1.2, 0] }), ...op("tanh(x)", { [name]: [5.5e7, 0] })],
    sweepSeconds: 0.123,
  };
}

const missing = (name: string): ExaminedTarget => ({
  name,
  ready: false,
  reason: 'It needs a package, which is not installed: run "npm install it", and then look again.',
});

const text = (targets: ExaminedTarget[]): string =>
  doctorText(
    { schema: 1, command: "doctor", version: "0.1.0", targets, exitCode: 0 } as DoctorReport,
    terminal,
  );

test("ready targets say what they run on, the others why they do not work and what to do", () => {
  const [head, blank, first, second, third] = text([ready("cpu"), missing("webgl")]).split("\n");
  expect([head, blank]).toEqual(["audit 0.1.0, tfjs 4.22.0, Node 20.20.2", ""]);
  expect(first).toBe("cpu    ready    a device for cpu; driver 1.2.3; subnormals flushed");
  expect(second).toMatch(/^webgl {2}missing {2}It needs a package, which is not installed: run/);
  expect(third).toMatch(/^ {16}\S/);
});

test("what was measured stands in a column for each target that is ready", () => {
  const all = text([ready("cpu"), missing("webgl"), ready("wasm")]);
  expect(all).toMatch(/^measured +cpu +wasm$/m);
  expect(all).toMatch(/^sigmoid is 1 first at x = +16\.635532 +16\.635532$/m);
  expect(all).toMatch(/^ {2}and always from x = +17\.32868 +17\.32868$/m);
  expect(all).toMatch(/^smallest result +1\.4e-45 +1\.4e-45$/m);
  expect(all).toMatch(/^log\(0\) +-Infinity +-Infinity$/m);
  expect(all).toMatch(/^NaN survives maximum +no +no$/m);
  expect(all).toMatch(/^ {2}relu +yes +yes$/m);
  expect(all).toMatch(/^worst ulps of exp +1\.2 +1\.2$/m);
  expect(all).toMatch(/^ {2}tanh +5\.5e7 +5\.5e7$/m);
  expect(all).toMatch(/^ {2}log1p +– +–$/m);
  expect(all).toMatch(/^a small sweep takes +0\.1 s +0\.1 s$/m);
  expect(all).toContain("2 of 3 targets are ready.");
});

test("a software renderer is named as such", () => {
  expect(text([ready("webgpu", true)]).replaceAll(/\n +/g, " ")).toContain(
    "a software renderer: the numbers of a real GPU may differ",
  );
});

test("no line is wider than 80 columns, however many targets are ready", () => {
  const names = [
    "cpu",
    "wasm",
    "tensorflow",
    "tensorflow-gpu",
    "webgpu",
    "webgl",
    "webgpu-browser",
    "wasm-browser",
  ];
  const all = text(names.map((name) => ready(name)));
  expect(Math.max(...all.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  for (const name of names) expect(all).toMatch(new RegExp(`^measured .*\\b${name}\\b`, "m"));
});

test("when none is ready there is no table", () => {
  const all = text([missing("cpu"), missing("wasm")]);
  expect(all).not.toContain("measured");
  expect(all).toContain("0 of 2 targets are ready.");
});

test.each([
  [true, "float32 textures"],
  [false, "float16 textures"],
])(
  "of WebGL it says what textures hold (%s), and the version of the browser once",
  (float32Textures, words) => {
    const webgl = ready("webgl") as ExaminedTarget & { ready: true };
    Object.assign(webgl.description, { device: "a GPU, Chromium 156.0.1", float32Textures });
    Object.assign(webgl.description.versions, { chromium: "156.0.1" });
    const [line] = text([webgl]).match(/^webgl .*$/m) ?? [];
    expect(line).toContain("a GPU, Chromium 156.0.1; driver 1.2.3;");
    expect(text([webgl]).replaceAll(/\n +/g, " ")).toContain(`; ${words}; subnormals flushed`);
  },
);
