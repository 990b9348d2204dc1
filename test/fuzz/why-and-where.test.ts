import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { FuzzFinding } from "../../src/fuzz/report.js";
import { fuzzed } from "./fuzzed.js";

const PATH = "fixtures/user-losses/fuzz/overflows.ts";
const file = fileURLToPath(new URL(`../../${PATH}`, import.meta.url));

test("a finding of a search is at the line of its kernel with the cure, one without a kernel at the export", async () => {
  const { findings } = await fuzzed(file, { runs: 500 });
  const lines = readFileSync(file, "utf8").split("\n");
  const textOf = ({ line }: FuzzFinding) => lines[(line?.line ?? 0) - 1];
  const overflow = findings.find(({ quantity, kind }) => quantity === "value" && kind === "overflow")!;
  expect(overflow).toMatchObject({
    kernel: "Exp",
    cure: "take exp of -|x|, or shift by the maximum first",
    reason: expect.stringContaining("Exp overflows (overflows.ts:5)"),
    line: { file: PATH },
  });
  expect(textOf(overflow)).toContain("tf.exp(");
  const others = findings.filter(({ kernel }) => kernel === undefined);
  expect(others.map(({ kind, severity }) => `${severity} ${kind}`)).toContain("note underflow");
  for (const finding of others) {
    expect(finding.line?.file).toBe(PATH);
    expect(textOf(finding)).toMatch(new RegExp(`^export const ${finding.implementation} =`));
    expect(finding).not.toHaveProperty("cure");
  }
});
