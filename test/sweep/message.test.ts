import { describe, expect, test } from "vitest";
import { messageOf } from "../../src/sweep/message.js";

describe("what was thrown is a sentence", () => {
  const facts = { kind: "throws", quantity: "value", computed: Number.NaN, region: { share: 1 } } as const;

  test.each([
    ["out of range", "The value throws: out of range."],
    ["It is out of range.", "The value throws: It is out of range."],
    ["Is that a logit?", "The value throws: Is that a logit?"],
  ])("%j", (thrown, message) => {
    expect(messageOf({ ...facts, thrown })).toBe(message);
  });
});
