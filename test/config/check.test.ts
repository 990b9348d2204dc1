import { expect, test } from "vitest";
import { checkConfig } from "../../src/config/check.js";
import { type Config, defineConfig } from "../../src/config/config.js";
import { PROPERTIES } from "../../src/fuzz/defaults.js";
import { InputError } from "../../src/inputs/input-error.js";

const whole: Config = {
  losses: [
    "softplus",
    "src/**/*.ts#focal",
    "!src/old/**",
    { loss: "a.ts", rtol: 1e-3, fuzz: { runs: 1, special: ["nan"] }, severities: { nan: "note" } },
  ],
  targets: ["cpu", "auto"],
  implementation: ["naive"],
  range: [-10, "0x42b17218"],
  points: 2,
  labels: [0, "0x3f000000", 1],
  special: ["zero", "infinity", "subnormal"],
  logits: "logits.npy",
  "label-map": "labels.npy",
  heatmaps: 0,
  size: [4096, 1],
  classes: 10_000,
  objects: [0, 0],
  seed: 2 ** 32 - 1,
  from: "probabilities",
  rtol: 0,
  atol: 1e-6,
  timeout: 0.5,
  "fail-on": "never",
  severities: { inaccurate: "error", underflow: "warning" },
  fuzz: {
    runs: 1_000_000_000,
    time: 0.1,
    seed: 0,
    "max-findings": 10_000,
    property: [...PROPERTIES],
    range: [-1e4, 1e4],
    "label-range": [-1, 2],
    special: ["infinity", "nan"],
    train: "./model.ts#small",
    corpus: "my corpus/é",
  },
  ignore: [
    { id: "a.ts/*", reason: "known" },
    {
      ...{ loss: "*", implementation: "naive", target: "cpu", quantity: "value", kind: "nan" },
      ...{ reason: "until the next release", expires: "2028-02-29" },
    } as const,
  ],
  baseline: "ci/audit-baseline.json",
  report: ["pretty", "sarif=audit.sarif"],
  jobs: 4096,
};

test("every key is taken as it is", () => {
  expect(checkConfig(whole, "c")).toEqual(whole);
  expect(defineConfig(whole)).toBe(whole);
});

test.each<[string, unknown]>([
  ["nothing at all", {}],
  ["a target alone", { targets: "all" }],
  ["a search with its defaults", { fuzz: true }],
  ["no search", { fuzz: false }],
  ["what a module exports", Object.defineProperty({ seed: 1 }, Symbol.toStringTag, { value: "Module" })],
  ["empty lists of what is on request", { special: [], ignore: [], severities: {} }],
])("%s is a configuration", (_, config) => {
  expect(checkConfig(config, "c")).toEqual({ ...(config as Config) });
});

test("a key that is undefined is not there", () => {
  expect(checkConfig({ range: undefined, fuzz: { runs: undefined } }, "c")).toEqual({ fuzz: {} });
  expect(Object.keys(checkConfig({ range: undefined }, "c"))).toEqual([]);
});

const KEYS =
  "The keys are implementation, range, points, labels, special, logits, label-map, heatmaps, size, classes, objects, " +
  "seed, from, rtol, atol, timeout, severities, fuzz, losses, targets, fail-on, ignore, baseline, report, jobs.";
const LOSS_KEYS =
  "The keys are loss, implementation, range, points, labels, special, logits, label-map, heatmaps, size, classes, " +
  "objects, seed, from, rtol, atol, timeout, severities, fuzz.";
const FUZZ_KEYS =
  "The keys are runs, time, seed, max-findings, property, range, label-range, special, train, corpus.";
const KINDS = PROPERTIES.join(", ");
const TARGETS =
  "cpu, wasm, tensorflow, tensorflow-gpu, webgpu, webgl, webgpu-browser, wasm-browser, all, auto";
const WORDS = "a text of at most 4,096 characters";
const RANGE = "but must be [LOW, HIGH], two float32 numbers, the smaller one first.";
const DATA = "but a configuration holds texts, numbers, true, false, lists and objects only.";

const faults: [config: unknown, message: string][] = [
  // The whole
  [null, "it is null, but must be an object."],
  [[], "it is [], but must be an object."],
  ["losses", 'it is "losses", but must be an object.'],
  [() => ({}), `it is a function, ${DATA}`],
  [new Map(), `it is a Map, ${DATA}`],
  // Names
  [{ tolerance: 1 }, `there is no key "tolerance". ${KEYS}`],
  [{ rang: [0, 1] }, `there is no key "rang". Did you mean "range"? ${KEYS}`],
  [{ failOn: "error" }, `there is no key "failOn". Did you mean "fail-on"? ${KEYS}`],
  [{ target: "cpu" }, `there is no key "target". Did you mean "targets"? ${KEYS}`],
  [{ runs: 5 }, `there is no key "runs". It is a key of fuzz. ${KEYS}`],
  [{ "a\n\u001b[31m": 5 }, `there is no key "a\\n\\u001b[31m". ${KEYS}`],
  [{ ["x".repeat(99)]: 5 }, `there is no key "${"x".repeat(60)}…". ${KEYS}`],
  [
    { losses: ["a.ts", { loss: "b.ts", targets: "cpu" }] },
    `losses[1] has no key "targets". It belongs beside losses. ${LOSS_KEYS}`,
  ],
  [
    { losses: [{ loss: "b.ts", rtoll: 1 }] },
    `losses[0] has no key "rtoll". Did you mean "rtol"? ${LOSS_KEYS}`,
  ],
  [{ fuzz: { run: 5 } }, `fuzz has no key "run". Did you mean "runs"? ${FUZZ_KEYS}`],
  [{ fuzz: { rtol: 0 } }, `fuzz has no key "rtol". It belongs beside fuzz. ${FUZZ_KEYS}`],
  [{ fuzz: { losses: ["a"] } }, `fuzz has no key "losses". It belongs beside fuzz. ${FUZZ_KEYS}`],
  [
    { losses: [{ loss: "a", fuzz: { "fail-on": "error" } }] },
    `losses[0].fuzz has no key "fail-on". It belongs beside losses. ${FUZZ_KEYS}`,
  ],
  [
    { severities: { nann: "note" } },
    `severities has no key "nann". Did you mean "nan"? The keys are ${KINDS}.`,
  ],
  // Losses
  [{ losses: "a.ts" }, 'losses is "a.ts", but must be a list.'],
  [{ losses: [] }, "losses is [], but must be a list with at least one item."],
  [{ losses: [5] }, "losses[0] is 5, but must be a text, or an object with a loss and its options."],
  [{ losses: [" "] }, 'losses[0] is " ", but must be a text, or an object with a loss and its options.'],
  [{ losses: [["a"]] }, 'losses[0] is ["a"], but must be an object.'],
  [{ losses: [{}] }, "losses[0].loss is missing, but must be a name, a file or a pattern, without !."],
  [
    { losses: ["a", { loss: "!b" }] },
    'losses[1].loss is "!b", but must be a name, a file or a pattern, without !.',
  ],
  // Targets
  [
    { targets: "cup" },
    `targets is "cup", but must be one of ${TARGETS}, or a list of them. Did you mean "cpu"?`,
  ],
  [{ targets: ["cpu", "gpu"] }, `targets[1] is "gpu", but must be one of ${TARGETS}. Did you mean "cpu"?`],
  [{ targets: [] }, "targets is [], but must be a list with at least one item."],
  // Of all losses or of one
  [{ implementation: "naive" }, 'implementation is "naive", but must be a list.'],
  [{ implementation: [5] }, `implementation[0] is 5, but must be ${WORDS}.`],
  [{ range: [1, -1] }, `range is [1, -1], ${RANGE}`],
  [{ range: [1, 1.00000001] }, `range is [1, 1.00000001], ${RANGE}`],
  [{ range: [Number.NaN, 1] }, `range is [NaN, 1], ${RANGE}`],
  [{ range: [0, 1e39] }, `range is [0, 1e+39], ${RANGE}`],
  [{ range: "0,1" }, `range is "0,1", ${RANGE}`],
  [{ range: ["", "one"] }, `range is ["", "one"], ${RANGE}`],
  [{ range: [0, 1, 2] }, `range is [0, 1, 2], ${RANGE}`],
  [{ range: new Array(30).fill(1) }, `range is a list of 30, ${RANGE}`],
  [{ range: [1n, 2] }, `range[0] is a bigint, ${DATA}`],
  [{ points: 1 }, "points is 1, but must be a whole number from 2 to 1,000,000,000."],
  [{ points: "50" }, 'points is "50", but must be a whole number from 2 to 1,000,000,000.'],
  [{ points: 2.5 }, "points is 2.5, but must be a whole number from 2 to 1,000,000,000."],
  [{ labels: [0, Number.POSITIVE_INFINITY] }, "labels[1] is Infinity, but must be a finite float32 number."],
  [{ labels: 0 }, "labels is 0, but must be a list."],
  [
    { special: ["zeros"] },
    'special[0] is "zeros", but must be one of zero, infinity, subnormal. Did you mean "zero"?',
  ],
  [{ logits: "" }, `logits is "", but must be ${WORDS}.`],
  [{ logits: "a\0.npy" }, `logits is "a\\u0000.npy", but must be ${WORDS}.`],
  [{ "label-map": "x".repeat(5000) }, `label-map is "${"x".repeat(59)}…, but must be ${WORDS}.`],
  [{ heatmaps: -1 }, "heatmaps is -1, but must be a whole number from 0 to 10,000."],
  [{ size: [0, 16] }, "size is [0, 16], but must be [HEIGHT, WIDTH] in pixels, each from 1 to 4,096."],
  [{ size: "16x16" }, 'size is "16x16", but must be [HEIGHT, WIDTH] in pixels, each from 1 to 4,096.'],
  [{ classes: 0 }, "classes is 0, but must be a whole number from 1 to 10,000."],
  [{ objects: [3, 1] }, "objects is [3, 1], but must be [MIN, MAX], whole numbers, the smaller one first."],
  [{ seed: 2 ** 32 }, "seed is 4294967296, but must be a whole number from 0 to 4,294,967,295."],
  [{ seed: Number.NaN }, "seed is NaN, but must be a whole number from 0 to 4,294,967,295."],
  [{ from: "logit" }, 'from is "logit", but must be one of logits, probabilities. Did you mean "logits"?'],
  [{ rtol: 2 }, "rtol is 2, but must be a number from 0 to 1."],
  [{ atol: -1 }, "atol is -1, but must be a number from 0 on."],
  [{ timeout: 0 }, "timeout is 0, but must be a number of seconds above 0, at most 86,400."],
  [{ severities: "note" }, 'severities is "note", but must be an object.'],
  [
    { severities: { nan: "warn" } },
    'severities.nan is "warn", but must be one of error, warning, note. Did you mean "warning"?',
  ],
  // Search
  [{ fuzz: "yes" }, 'fuzz is "yes", but must be true, false or an object.'],
  [{ fuzz: [] }, "fuzz is [], but must be an object."],
  [{ fuzz: { runs: 0 } }, "fuzz.runs is 0, but must be a whole number from 1 to 1,000,000,000."],
  [{ fuzz: { time: 0 } }, "fuzz.time is 0, but must be a number of seconds above 0, at most 30 days."],
  [{ fuzz: { seed: -1 } }, "fuzz.seed is -1, but must be a whole number from 0 to 4,294,967,295."],
  [
    { fuzz: { property: ["nan", "infinity"] } },
    `fuzz.property[1] is "infinity", but must be one of ${KINDS}.`,
  ],
  [{ fuzz: { special: ["zero"] } }, 'fuzz.special[0] is "zero", but must be one of infinity, nan.'],
  [{ fuzz: { train: " " } }, `fuzz.train is " ", but must be ${WORDS}.`],
  [
    { losses: ["a", { loss: "b", fuzz: { "max-findings": 0 } }] },
    "losses[1].fuzz.max-findings is 0, but must be a whole number from 1 to 10,000.",
  ],
  // Gate
  [{ "fail-on": null }, "fail-on is null, but must be one of error, warning, note, never."],
  [{ ignore: {} }, "ignore is an object, but must be a list."],
  [
    { ignore: [{ id: "a" }] },
    "ignore[0].reason is missing, but must be a text: why these findings are accepted.",
  ],
  [
    { ignore: [{ reason: "all of it" }] },
    "ignore[0] is an object, but must be one that says which findings, by id, loss, implementation, target, quantity, " +
      'kind; the loss "*" is any.',
  ],
  [
    { ignore: [{ id: "a", reason: "r", expire: "2027-01-31" }] },
    'ignore[0] has no key "expire". Did you mean "expires"? The keys are id, loss, implementation, target, quantity, ' +
      "kind, reason, expires.",
  ],
  [
    { ignore: [{ id: "a", reason: "r", expires: "2027-02-29" }] },
    'ignore[0].expires is "2027-02-29", but must be a day, as "2027-01-31".',
  ],
  [
    { ignore: [{ id: "a", reason: "r", expires: "31.1.2027" }] },
    'ignore[0].expires is "31.1.2027", but must be a day, as "2027-01-31".',
  ],
  [
    { ignore: [{ quantity: "loss", reason: "r" }] },
    'ignore[0].quantity is "loss", but must be one of value, gradient.',
  ],
  [{ baseline: 5 }, `baseline is 5, but must be ${WORDS}.`],
  [{ report: "html" }, 'report is "html", but must be a list.'],
  [{ jobs: 0 }, "jobs is 0, but must be a whole number from 1 to 4,096."],
];

test.each(faults.map(([config, message]) => ({ config, message })))("$message", ({ config, message }) => {
  expect(() => checkConfig(config, "audit.config.ts")).toThrow(new InputError(`audit.config.ts: ${message}`));
});

test("several faults are told at once, each with the file, and of many the first five", () => {
  expect(() => checkConfig({ rtol: 2, atol: -1 }, "c.json")).toThrow(
    new InputError(
      "c.json: rtol is 2, but must be a number from 0 to 1.\nc.json: atol is -1, but must be a number from 0 on.",
    ),
  );
  const seven = { targets: "cup", rtol: 2, fuzz: { runs: 0, sead: 1 }, losses: [5, { los: "a.ts" }] };
  expect(() => checkConfig(seven, "c.json")).toThrow(/^(c\.json: .*\.\n){5}c\.json: 2 more\.$/);
});

test("keys that every object has are unknown like any other, at every place", () => {
  for (const key of ["__proto__", "constructor", "toString", "hasOwnProperty", "prototype"]) {
    const fault = (text: string) => () => checkConfig(JSON.parse(text), "c");
    expect(fault(`{"${key}": {"seed": 1}}`)).toThrow(`c: there is no key "${key}". The keys are `);
    expect(fault(`{"fuzz": {"${key}": 1}}`)).toThrow(`c: fuzz has no key "${key}". The keys are `);
    expect(fault(`{"severities": {"${key}": "note"}}`)).toThrow(`c: severities has no key "${key}". `);
    expect(fault(`{"losses": [{"loss": "a", "${key}": 1}]}`)).toThrow(`c: losses[0] has no key "${key}". `);
    expect(fault(`{"ignore": [{"loss": "a", "reason": "r", "${key}": 1}]}`)).toThrow(
      `c: ignore[0] has no key "${key}". `,
    );
  }
  expect(({} as { seed?: number }).seed).toBeUndefined();
});

test("what is no plain data is refused, whatever it does when it is read", () => {
  const throwing = {
    get range(): never {
      throw new Error("on purpose");
    },
  };
  expect(() => checkConfig(throwing, "c")).toThrow(
    /^c: it throws when it is read: on purpose \(.*check\.test\.ts:\d+\)$/,
  );
  const circular: { fuzz?: unknown } = {};
  circular.fuzz = circular;
  expect(() => checkConfig(circular, "c")).toThrow(new InputError("c: fuzz.fuzz.fuzz … is nested too deep."));
});
