import { describe, expect, test } from "vitest";
import { IntervalArithmetic } from "../../src/arithmetic/interval.js";
import { loadMpfr } from "../../src/arithmetic/mpfr.js";
import { layouts } from "../../src/audit/layout.js";
import { type PrepareOptions, prepareLoss } from "../../src/audit/prepare.js";
import { majority } from "../../src/audit/references.js";
import { resolveLosses } from "../../src/losses/resolve.js";
import { Precisions } from "../../src/oracle/oracle.js";
import { loadTfjs } from "../../src/targets/tfjs.js";
import { fixture } from "../sweep/swept.js";

const tf = await loadTfjs();
await tf.setBackend("cpu");
const mpfr = await loadMpfr();
const precisions = new Precisions((bits) => new IntervalArithmetic(mpfr, bits));

function prepare(argument: string, options: Partial<PrepareOptions> = {}) {
  const [given] = resolveLosses([argument]);
  return prepareLoss(tf, given, {
    implementations: [],
    skip: [],
    from: "logits",
    classes: 1,
    onProbe: () => {},
    ...options,
  });
}

const names = (subjects: { name: string }[]) => subjects.map(({ name }) => name);

test("a loss of the catalogue has its implementations, and its references best first", async () => {
  const loss = await prepare("sigmoid-cross-entropy", { implementations: ["naive"] });
  expect(names(loss.subjects)).toEqual(["naive"]);
  expect(names(loss.references)).toEqual(["softplus", "library"]);
  expect([loss.point, loss.failed, loss.warnings]).toEqual(["element", [], []]);
});

test("LOSS#implementation is that one alone", async () => {
  expect(names((await prepare("softplus#log1p")).subjects)).toEqual(["log1p"]);
});

test("what brought a process down is left out", async () => {
  expect(names((await prepare("softplus", { skip: ["naive", "log1p"] })).subjects)).toEqual([
    "overflow-free",
    "library",
  ]);
});

test("an unknown implementation is refused with what there is", async () => {
  await expect(prepare("softplus", { implementations: ["naiv"] })).rejects.toThrow(
    'softplus has no implementation "naiv". Did you mean "naive"? It has naive, overflow-free, log1p, library.',
  );
});

test.each([
  ["softplus", 1, [1], true, false],
  ["sigmoid-cross-entropy", 1, [1], true, true],
  ["softmax-cross-entropy", 1, [1, 2], true, true],
  ["softmax-cross-entropy", 5, [1, 5], true, true],
  ["log-sum-exp", 3, [1, 3], true, false],
  ["heatmap-focal#stable", 1, [1, 1, 1, 1], false, true],
  [fixture("user-losses/reduced/mean-bce.ts"), 1, [1, 1], false, true],
  [fixture("sweep/over-batch-size.ts"), 1, [1, 1, 1, 1], false, true],
  [fixture("sweep/branches.ts#softplus"), 1, [1, 1], false, false],
])(
  "%s with %d classes: points of %j, many at once %s, labels count %s",
  async (argument, classes, shape, batched, usesLabels) => {
    for (const subject of (await prepare(argument, { classes })).subjects) {
      expect({ ...subject, name: "" }).toMatchObject({ shape, batched, usesLabels, leaks: 0 });
    }
  },
);

test("each implementation is named before it is run for the first time", async () => {
  const probed: string[] = [];
  await prepare("softplus", { implementations: ["naive"], onProbe: (name) => probed.push(name) });
  expect([...new Set(probed)]).toEqual(["naive", "log1p", "library"]);
});

describe("a user's file", () => {
  test("has one reason for each function that can't be audited", async () => {
    const { failed, subjects } = await prepare(fixture("user-losses/faulty/wrong-results.ts"));
    expect(subjects).toEqual([]);
    expect(failed.map(({ implementation }) => implementation)).toEqual(
      expect.arrayContaining([
        "number",
        "promise",
        "nothing",
        "array",
        "text",
        "shape",
        "int",
        "disposed",
        "throws",
        "rows",
      ]),
    );
    for (const { message } of failed) expect(message.length).toBeGreaterThan(20);
  });

  test("that writes into its logits is refused", async () => {
    const { failed } = await prepare(fixture("user-losses/faulty/mutates.ts"));
    expect(failed[0].message).toMatch(/^It writes into its logits/);
  });

  test("that leaks is audited, with the number of tensors", async () => {
    const { subjects, failed } = await prepare(fixture("user-losses/faulty/leaks.ts"));
    expect([subjects[0].leaks, failed]).toEqual([1, []]);
  });

  test("on probabilities gets them: the sigmoid of the logits", async () => {
    const { subjects } = await prepare(fixture("user-losses/reduced/focal-probabilities.ts"), {
      from: "probabilities",
    });
    const { value } = subjects[0].exact.exact(
      precisions.at(128),
      new Float32Array(subjects[0].exact ? [0] : []),
      Float32Array.of(1),
    );
    // (1-p)²·-log(p) at p = 1/2.
    expect(value.lo).toBeCloseTo(Math.LN2 / 4, 15);
  });
});

test("of three implementations two that are one function are the loss, in their order", async () => {
  const loss = await prepare(fixture("sweep/normalisation.ts"));
  const reference = majority(loss.subjects, layouts(loss.point, loss.subjects[0].shape), precisions);
  expect(names(loss.subjects)).toEqual(["perBatch", "perBatchAgain", "perPixel"]);
  expect(names(reference)).toEqual(["perBatch", "perBatchAgain"]);
});

test("of two that differ the first is the loss", async () => {
  const { subjects, point } = await prepare(fixture("sweep/kinks.ts"), {
    implementations: ["huber", "absolute"],
  });
  const reference = majority(subjects, layouts(point, subjects[0].shape), precisions);
  expect(names(reference)).toEqual([subjects[0].name]);
});
