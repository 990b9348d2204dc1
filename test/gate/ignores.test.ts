import { expect, test } from "vitest";
import type { Ignore } from "../../src/config/config.js";
import { ignoredBy, ignoreWarnings } from "../../src/gate/ignores.js";

const finding = {
  id: "my-loss/naive/cpu/value/overflow/0/above",
  loss: "my-loss",
  implementation: "naive",
  target: "cpu",
  quantity: "value",
  kind: "overflow",
} as const;
const today = "2026-03-31";
const reason = "It is clipped before.";

test.each<[ignore: Omit<Ignore, "reason">, isIgnored: boolean]>([
  [{ loss: "my-loss" }, true],
  [{ loss: "my" }, false],
  [{ loss: "my*" }, true],
  [{ loss: "*" }, true],
  [{ loss: "*loss" }, true],
  [{ loss: "m*-*s" }, true],
  [{ loss: "my-loss*loss" }, false],
  [{ loss: "my.loss" }, false],
  [{ id: "my-loss/*/overflow/*/above" }, true],
  [{ id: "my-loss/*/below" }, false],
  [{ loss: "my-loss", implementation: "stable" }, false],
  [{ target: "wasm" }, false],
  [{ target: "c*" }, true],
  [{ quantity: "gradient" }, false],
  [{ kind: "overflow" }, true],
  [{ kind: "overflow", expires: "2026-03-31" }, true],
  [{ kind: "overflow", expires: "2026-03-30" }, false],
])("%j", (ignore, isIgnored) => {
  const ignored = ignoredBy([{ ...ignore, reason }], finding, today);
  const { expires } = ignore;
  expect(ignored).toEqual(isIgnored ? { reason, ...(expires && { expires }) } : undefined);
});

test("the first ignore that holds gives the reason", () => {
  const ignores = [
    { kind: "overflow" as const, reason: "first", expires: "2020-01-01" },
    { loss: "my-loss", reason: "second" },
    { loss: "*", reason: "third" },
  ];
  expect(ignoredBy(ignores, finding, today)).toEqual({ reason: "second" });
});

test("an ignore that has expired says so, whether it still matches or not", () => {
  const ignore = { loss: "my-loss", reason, expires: "2026-03-30" };
  const name = 'The ignore of loss my-loss ("It is clipped before.") expired after 2026-03-30';
  expect(ignoreWarnings([ignore], [finding], today, false)).toEqual([
    `${name}: what it ignored counts again.`,
  ]);
  expect(ignoreWarnings([ignore], [], today, true)).toEqual([`${name}, and matches nothing: take it out.`]);
});

test("an ignore that matches nothing says so where everything was audited", () => {
  const ignore = { id: "my-loss/*", kind: "nan" as const, reason };
  expect(ignoreWarnings([ignore], [finding], today, false)).toEqual([]);
  expect(ignoreWarnings([ignore], [finding], today, true)).toEqual([
    'The ignore of id my-loss/*, kind nan ("It is clipped before.") matches nothing: take it out, or correct it.',
  ]);
  expect(ignoreWarnings([{ loss: "my-loss", reason }], [finding], today, true)).toEqual([]);
});
