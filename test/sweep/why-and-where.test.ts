import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeNpy } from "../../src/inputs/write-npy.js";
import type { Finding } from "../../src/judge/finding.js";
import { findings, fixture, swept } from "./swept.js";

const quick = { targets: ["cpu"], points: 401 };

/** The text of the line that a finding names. */
const textOf = ({ line }: Finding) =>
  readFileSync(new URL(`../../${line?.file}`, import.meta.url), "utf8").split("\n")[(line?.line ?? 0) - 1];

describe("a finding of a sweep", () => {
  test("has the kernel to blame, its line in the project, the reason and the cure", async () => {
    const result = await swept("softplus#naive", quick);
    const [finding] = findings(result, { quantity: "value", kind: "overflow", side: "above" });
    expect(finding).toMatchObject({
      kernel: "Exp",
      cure: "write softplus(x) for log(1 + exp(x))",
      line: { file: "src/losses/softplus.ts" },
    });
    expect(textOf(finding)).toContain("tf.exp(");
    expect(finding.reason).toBe(
      `Exp overflows (softplus.ts:${finding.line?.line}): exp(x) is Infinity where it is 3.4e+38; ${finding.cure}.`,
    );
    expect(finding.message).toContain(finding.reason);
  });

  test("that throws is at the export of the implementation, and its message is all", async () => {
    const result = await swept(fixture("user-losses/faulty/throws-above-5.ts"), quick);
    const [finding] = findings(result, { kind: "throws", quantity: "value" });
    expect(textOf(finding)).toMatch(/^export /);
    expect(finding).not.toHaveProperty("kernel");
    expect(finding).not.toHaveProperty("reason");
  });

  test("that is a note has a place too, in the catalogue that of its first kernel", async () => {
    const result = await swept("softplus#naive", quick);
    const notes = result.findings.filter(({ severity }) => severity === "note");
    expect(notes.length).toBeGreaterThan(0);
    for (const note of notes) {
      expect(note).not.toHaveProperty("reason");
      expect(textOf(note)).toContain("tf.");
    }
  });

  test("of a whole map has them as well", async () => {
    const logits = join(mkdtempSync(join(tmpdir(), "audit-")), "logits.npy");
    await writeNpy(logits, [1, 2, 2, 1], Float32Array.of(-2, 0.5, 30, 3));
    const result = await swept("heatmap-focal#naive", { ...quick, logits, labels: [0] });
    const [finding] = findings(result, { quantity: "value", kind: "overflow" }).filter(
      ({ worst }) => worst.index?.length === 4,
    );
    expect(finding).toMatchObject({ kernel: "Log", cure: "write softplus(x) for -log(1 - sigmoid(x))" });
    expect(textOf(finding)).toContain("tf.log(");
  });
});
