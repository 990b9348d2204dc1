import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { fuzzDefaults } from "../../src/fuzz/defaults.js";
import { fuzz } from "../../src/fuzz/fuzz.js";
import { fuzzed } from "./fuzzed.js";

const folder = mkdtempSync(join(tmpdir(), "audit-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("all findings of a kind count as what they are said to, and are found all the same", async () => {
  const common = { runs: 100, properties: ["overflow", "nan"] as ("overflow" | "nan")[] };
  const severe = await fuzzed("softplus", common);
  const mild = await fuzzed("softplus", { ...common, severities: { overflow: "note" } });
  const overflow = ({ findings }: typeof mild) => findings.filter(({ kind }) => kind === "overflow");
  expect(overflow(severe).map(({ severity }) => severity)).toContain("error");
  expect(overflow(mild)).toHaveLength(overflow(severe).length);
  for (const { severity } of overflow(mild)) expect(severity).toBe("note");
});

test("each loss has its own options: what is kept, and where", async () => {
  const [all, ownCorpus] = [join(folder, "all"), join(folder, "own")];
  const report = await fuzz({
    ...fuzzDefaults,
    losses: ["softplus", "log-sum-exp"],
    runs: 40,
    seed: 1,
    properties: ["overflow"],
    corpus: all,
    own: { softplus: { corpus: ownCorpus }, "log-sum-exp": { severities: { overflow: "note" } } },
  });
  expect(new Set(report.findings.map(({ loss, severity }) => `${loss} ${severity}`))).toEqual(
    new Set(["softplus error", "log-sum-exp note"]),
  );
  expect(readdirSync(ownCorpus).every((name) => name.startsWith("softplus"))).toBe(true);
  expect(existsSync(all)).toBe(false); // notes are not kept
  const again = await fuzz({
    ...fuzzDefaults,
    losses: ["softplus"],
    runs: 1,
    seed: 2,
    properties: ["overflow"],
    corpus: all,
    own: { softplus: { corpus: ownCorpus } },
  });
  expect(again.findings.map(({ runs }) => runs)).toContain(0); // it was tried again
});
