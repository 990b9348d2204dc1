import { readFileSync, writeFileSync } from "node:fs";
import { Chalk } from "chalk";
import { beforeAll, expect, test } from "vitest";
import type { Config } from "../../src/config/config.js";
import { gateParts } from "../../src/gate/gate.js";
import { gateReport } from "../../src/gate/gate-report.js";
import { planGate } from "../../src/gate/make-plan.js";
import type { GateParts } from "../../src/gate/outcome.js";
import type { GatePlan } from "../../src/gate/plan.js";
import { readBaseline } from "../../src/gate/read-baseline.js";
import type { GateFinding, GateReport } from "../../src/gate/report.js";
import { Random } from "../../src/inputs/random.js";
import { gateText } from "../../src/report/gate-text.js";
import { NAIVE, Project, STABLE } from "../gate/project.js";
import { type Mutated, mutatedBytes } from "./mutate-bytes.js";
import { mutatedJson } from "./mutate-json.js";
import { otherState, type State } from "./other-state.js";
import { NOT_SHOWN, refusal } from "./refusal.js";

const project = new Project().losses("loss.mjs", { naive: NAIVE, stable: STABLE });
const config: Config = {
  losses: ["loss.mjs"],
  fuzz: { runs: 40, corpus: "corpus", property: ["nan", "overflow"] },
};
let plan: GatePlan;
let parts: GateParts;
/** The baseline as a gate writes it. */
let text: string;

beforeAll(async () => {
  plan = await planGate(project.config(config));
  parts = await gateParts(plan);
  await gateReport({ ...plan, mode: "update" }, parts);
  text = project.read();
});

const RANK = { note: 0, warning: 1, error: 2 };

/** What a gate says of this state, computed in another way: by the numbers in the file alone. */
function expectedExitCode({ audited, findings }: State, found: readonly GateFinding[]): number {
  const isGone = Object.entries(audited).some(([key, { sweep, search }]) => {
    const targets = [...sweep, ...search];
    const isThere = ["loss#naive", "loss#stable"].includes(key);
    return targets.some((target) => target !== "cpu") || (!isThere && targets.length > 0);
  });
  if (isGone) return 2;
  return found.every((finding) => isAccepted(finding, findings)) ? 0 : 1;
}

/** Whether what is as severe and of the same defect holds all of a finding; a note and an example of a search have no extent. */
function isAccepted(finding: GateFinding, known: State["findings"]): boolean {
  const { region, severity } = finding;
  const isSearched = "example" in finding;
  const defect = (id: string) => id.replace(isSearched ? /-\d+$/ : /\/(above|below|around-0)(-\d+)?$/, "");
  return known
    .filter(({ id, severity: was }) => defect(id) === defect(finding.id) && RANK[was] >= RANK[severity])
    .some(({ severity: was, from, to }) => {
      if (severity === "note" || isSearched) return true;
      const [low, high] = [from, to].map((end) => Math.fround(Number(end?.value)));
      return was !== "note" && low <= Number(region.from.value) && Number(region.to.value) <= high;
    });
}

/** Gates with a baseline of these bytes. Undefined where it is refused. */
async function gated(
  { how, bytes }: Mutated,
  mode: GatePlan["mode"] = "compare",
): Promise<GateReport | undefined> {
  writeFileSync(project.baseline, bytes);
  const refused = await readBaseline(plan.baseline.file).then(
    () => undefined,
    (error: unknown) => refusal(error, how),
  );
  const report = await gateReport({ ...plan, mode }, parts);
  if (refused === undefined) return report;
  expect(refused, how).toContain("audit-baseline.json");
  expect(refused, how).toMatch(/Restore it from version control|Keep one of|Update loss-audit/);
  expect(report.exitCode, how).toBe(2);
  expect(report.errors, how).toEqual([{ message: `${refused} All that was found is shown as new.` }]);
  expect(readFileSync(project.baseline).equals(bytes), how).toBe(true);
  return undefined;
}

const terminal = { columns: 80, colour: new Chalk({ level: 0 }) };

const ways: [what: string, count: number, mutated: (random: Random) => Mutated, least: object][] = [
  [
    "other bytes",
    1500,
    (random) => mutatedBytes(Buffer.from(text), random),
    { refused: 1000, 0: 100, 1: 10, 2: 1 },
  ],
  ["other values", 1500, (random) => mutatedJson(text, random), { refused: 500, 0: 500, 1: 20, 2: 20 }],
  ["another state", 500, (random) => otherState(text, random), { refused: 0, 0: 150, 1: 150, 2: 10 }],
];

test.each(ways)(
  "a baseline with %s, %d times, is refused with its reason, or held against as it is",
  async (what, count, mutated, least) => {
    const random = new Random(7, what.length);
    const codes = { refused: 0, 0: 0, 1: 0, 2: 0 };
    for (let i = 0; i < count; i++) {
      const mutation = mutated(random);
      const { how, bytes } = mutation;
      const report = await gated(mutation);
      codes[(report?.exitCode as 0 | 1 | 2 | undefined) ?? "refused"] += 1;
      if (report === undefined) continue;
      expect(readFileSync(project.baseline).equals(bytes), how).toBe(true);
      const document = JSON.parse(bytes.toString().replace(/^\uFEFF+/, ""));
      expect(report.exitCode, how).toBe(expectedExitCode(document, report.findings));
      expect(gateText(report, terminal, { quiet: false }), how).not.toMatch(NOT_SHOWN);
      if (i % 10 > 0) continue;
      // Whatever was accepted, the present state is what is accepted next.
      expect(await gated(mutation, "update"), how).toMatchObject({ exitCode: 0 });
      expect(
        project
          .read()
          .replace(/^\uFEFF/, "")
          .replaceAll("\r\n", "\n"),
        how,
      ).toBe(text);
    }
    for (const [name, n] of Object.entries(least)) {
      expect(codes[name as "refused"], name).toBeGreaterThanOrEqual(n);
    }
  },
);
