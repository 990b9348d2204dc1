import { readdirSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import type { Config } from "../../src/config/config.js";
import { gateParts } from "../../src/gate/gate.js";
import { gateReport } from "../../src/gate/gate-report.js";
import { planGate } from "../../src/gate/make-plan.js";
import type { GateParts } from "../../src/gate/outcome.js";
import type { GatePlan } from "../../src/gate/plan.js";
import { Random } from "../../src/inputs/random.js";
import { NAIVE, Project, STABLE } from "../gate/project.js";

const config: Config = { losses: ["loss.mjs"] };
const project = new Project().losses("loss.mjs", { f: NAIVE, g: NAIVE });
const MODES = ["compare", "update", "prune"] as const;

let plan: GatePlan;
/** What sweeps found of three losses in one place: what one has cured, another has not. */
let swept: GateParts[];

beforeAll(async () => {
  const worse = "tf.log(tf.exp(x.mul(2)).add(1)).div(2).sub(x.mul(z))";
  plan = await planGate(project.config(config));
  swept = await Promise.all(
    [
      { f: NAIVE, g: NAIVE },
      { f: worse, g: STABLE },
      { f: STABLE, g: NAIVE },
    ].map(async (bodies) =>
      gateParts(await planGate(new Project().losses("loss.mjs", bodies).config(config))),
    ),
  );
});

const gated = (mode: GatePlan["mode"], parts: GateParts) => gateReport({ ...plan, mode }, parts);

/** What gates make of a baseline one after the other: each file that can come of it, with the exit codes of comparing it. */
async function oneAfterTheOther(): Promise<Map<string, number[]>> {
  const states = new Map<string, number[]>();
  const known: string[] = [];
  for (const parts of swept) {
    await gated("update", parts);
    known.push(project.read());
  }
  for (const text of known) {
    if (states.has(text)) continue;
    const codes: number[] = [];
    for (const parts of swept) {
      project.write("audit-baseline.json", text);
      codes.push((await gated("compare", parts)).exitCode);
      await gated("prune", parts);
      known.push(project.read());
    }
    states.set(text, codes);
  }
  return states;
}

test("gates at once in one folder give what they give one after the other, 100 times two and five", async () => {
  const states = await oneAfterTheOther();
  expect(states.size).toBeGreaterThan(3);
  const random = new Random(2);
  const seen = new Set<string>();
  for (let round = 0; round < 200; round++) {
    const gates = Array.from({ length: round % 2 === 0 ? 2 : 5 }, async () => {
      const [mode, which] = [MODES[random.integer(0, 2)], random.integer(0, 2)];
      const { exitCode, errors } = await gated(mode, swept[which]);
      expect(errors).toEqual([]);
      const possible = [...states.values()].map((codes) => codes[which]);
      expect(mode === "update" ? [0] : possible).toContain(exitCode);
    });
    await Promise.all(gates);
    expect(states.has(project.read())).toBe(true);
    seen.add(project.read());
  }
  expect(seen.size).toBeGreaterThan(3);
  expect(readdirSync(project.folder).sort()).toEqual(["audit-baseline.json", "loss.mjs"]);
});
