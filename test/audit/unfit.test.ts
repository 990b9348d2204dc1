import { expect, test } from "vitest";
import { prepareLoss } from "../../src/audit/prepare.js";
import { resolveLosses } from "../../src/losses/resolve.js";
import { loadTfjs } from "../../src/targets/tfjs.js";
import { fixture } from "../sweep/swept.js";

const tf = await loadTfjs();
await tf.setBackend("cpu");

test.each([
  ["switchesBackend", /calls tf\.setBackend/],
  ["writesLabels", /writes into its labels/],
  ["countsCalls", /another result when it is called again/],
])("a loss that %s is not audited, and the reason is said", async (name, reason) => {
  const [given] = resolveLosses([`${fixture("sweep/unfit.ts")}#${name}`]);
  const loss = await prepareLoss(tf, given, {
    implementations: [],
    skip: [],
    from: "logits",
    classes: 1,
    onProbe: () => {},
  });
  expect(loss.subjects).toEqual([]);
  expect(loss.failed).toEqual([{ implementation: name, message: expect.stringMatching(reason) }]);
});
