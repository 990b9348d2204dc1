import * as tf from "@tensorflow/tfjs";
import { Chalk } from "chalk";
import { describe, expect, test } from "vitest";
import { sweep } from "../../src/index.js";
import { type MatcherContext, toBeNumericallyStable } from "../../src/matcher/to-be-numerically-stable.js";
import "../../src/vitest.js";
import type { StabilityOptions } from "../../src/vitest.js";
import { halved, naive, stable } from "./losses.js";

const near: StabilityOptions = { range: [60, 120], points: 61, labels: [0] };

/** What a runner is told, with colours or without. */
async function judged(
  loss: unknown,
  options?: StabilityOptions,
  { isNot = false, colour = (text: string) => text } = {},
) {
  const context: MatcherContext = {
    isNot,
    utils: {
      matcherHint: (name, received) => `expect(${received}).${isNot ? "not." : ""}${name}()`,
      RECEIVED_COLOR: colour,
    },
  };
  const { pass, message } = await toBeNumericallyStable.call(context, loss, options);
  // A runner fails an assertion that passes where its opposite was meant.
  return { fails: pass === isNot, message: message() };
}

test("a stable function passes, and an unstable one fails, with all defaults", async () => {
  await expect(stable).toBeNumericallyStable();
  await expect(naive).not.toBeNumericallyStable();
  await expect(expect(naive).toBeNumericallyStable()).rejects.toThrow("the value overflows");
});

test("the text of a failure: what, where, why, what to write, how to see it, and all in a sentence", async () => {
  const { fails, message } = await judged(naive, { ...near, with: { stable } });
  expect(fails).toBe(true);
  expect(message.replace(/\d+ points/, "N points")).toBe(`expect(loss).toBeNumericallyStable()

error  naive: the value overflows, the gradient is NaN
  88.72284 (0x42b17218) to 120 (0x42f00000)  z = 0 on cpu
  At x = 88.72284, z = 0 on cpu: The value is Infinity where it is 88.7228. Exp
  overflows (losses.ts:5): exp(x) is Infinity where it is 3.4e+38; write
  softplus(x) for log(1 + exp(x)). The gradient is NaN where it is 1. Exp
  overflows (losses.ts:5): exp(x) is Infinity where it is 3.4e+38, and then 0 *
  Infinity is NaN; write softplus(x) for log(1 + exp(x)).
  explain({ loss: naive, with: { stable }, at: 88.72284, label: 0, target:
      "cpu" })

1 loss, 1 implementation, N points: 2 errors, 0 warnings, 0 notes; 0
unresolved.`);
});

test("of a file it is the command that shows it", async () => {
  const { message } = await judged("test/api/losses.ts#naive", near);
  expect(message).toContain("error  losses naive: the value overflows, the gradient is NaN");
  expect(message).toContain("$ audit explain test/api/losses.ts#naive --at=88.72284 --label=0 \\\n");
});

test("the text of .not says what was looked at and that nothing was found", async () => {
  const { fails, message } = await judged(stable, near, { isNot: true });
  expect(fails).toBe(true);
  expect(message).toMatch(
    /^expect\(loss\)\.not\.toBeNumericallyStable\(\)\n\nNothing as severe as error was found on cpu: 61 logits .*\n\n1 loss, 1 /s,
  );
});

test("colours are there where the runner has some", async () => {
  const red = new Chalk({ level: 1 }).red;
  const { message } = await judged(naive, near, { colour: (text) => red(text) });
  expect(message).toContain(red("error"));
  expect((await judged(naive, near)).message).not.toContain("\u001b");
});

describe("what counts", () => {
  const inaccurate = { range: [-12, -6], points: 61, labels: [0] } satisfies StabilityOptions;

  test("is an error, or what fail-on says", async () => {
    const { findings } = await sweep({ targets: ["cpu"], losses: [naive], ...inaccurate });
    expect(findings.map(({ severity }) => severity)).not.toContain("error");
    expect(findings.length).toBeGreaterThan(0);
    await expect(naive).toBeNumericallyStable(inaccurate);
    await expect(naive).not.toBeNumericallyStable({ ...inaccurate, "fail-on": "note" });
  });

  test("may be set for a kind", async () => {
    await expect(naive).toBeNumericallyStable({
      ...near,
      severities: { overflow: "note", nan: "note" },
    });
  });

  test("is another function, where there is one to hold it against", async () => {
    await expect(halved).toBeNumericallyStable(near);
    await expect(halved).not.toBeNumericallyStable({ ...near, with: stable, "fail-on": "warning" });
    await expect({ stable, halved }).not.toBeNumericallyStable({ ...near, "fail-on": "warning" });
  });
});

describe("what was not audited fails the assertion and its opposite:", () => {
  const noLoss = (x: tf.Tensor) => tf.topk(x).indices;
  test.each<[string, unknown, StabilityOptions | undefined, string]>([
    [
      "a function that is no loss",
      noLoss,
      near,
      "not audited  noLoss: The function returns a tensor of dtype int32",
    ],
    ["a file that is not there", "./no.ts#f", near, "not audited  ./no.ts#f: ./no.ts does not exist"],
    ["a name that nobody knows", "sotfplus", near, 'There is no loss "sotfplus". Did you mean "softplus"?'],
    ["a number", 3, near, "expect was given 3, but a loss is a function of (logits, labels)"],
    ["a wrong key", stable, { labls: [0] } as never, 'there is no key "labls". Did you mean "labels"?'],
    ["a wrong severity", stable, { "fail-on": "never" } as never, 'fail-on is "never", but must be one of'],
    ["a text with functions", "softplus", { with: stable }, 'with holds functions, but "softplus" runs in a'],
  ])("%s", async (_, loss, options, message) => {
    for (const isNot of [false, true]) {
      const outcome = await judged(loss, options, { isNot });
      expect(outcome.fails).toBe(true);
      expect(outcome.message.replaceAll(/\s+/g, " ")).toContain(message.replaceAll(/\s+/g, " "));
    }
  });
});
