import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { BaselineFinding } from "../../../src/gate/baseline.js";
import { baselineText } from "../../../src/gate/baseline-text.js";
import { baselineIn } from "../../../src/gate/read-baseline.js";
import { audit, folder } from "../audit.js";

/** A project with one loss of the catalogue, whose sweep takes a moment, and with the baseline that the gate writes there. */
export async function gateProject(more: object = {}) {
  const project = join(folder, "project");
  const baseline = join(project, "audit-baseline.json");
  mkdirSync(project);
  const config = { losses: ["softplus#naive"], targets: "cpu", points: 33, labels: [0], ...more };
  writeFileSync(join(project, "audit.config.json"), JSON.stringify(config));
  const gate = ["gate", "--config", "project/audit.config.json"];
  expect(await audit([...gate, "--update"])).toMatchObject({ exitCode: 0 });
  return { project, baseline, gate, present: readFileSync(baseline, "utf8") };
}

/** Files of the same baseline with other versions and so many findings that they take a while to write, and their texts. */
export function largeStates(present: string): { files: string[]; texts: string[] } {
  const state = baselineIn("", present);
  const region = state.findings.find(({ from }) => from !== undefined) as BaselineFinding;
  const texts = [400, 800].map((count) => {
    const ids = Array.from({ length: count }, (_, i) => `softplus/naive/cpu/gradient/nan/${i}/above`);
    return baselineText({
      ...state,
      version: `0.${count}.0`,
      findings: ids.map((id) => ({ ...region, id })),
    });
  });
  const files = texts.map((text, i) => {
    const file = join(folder, `state-${i}.json`);
    writeFileSync(file, text);
    return file;
  });
  return { files, texts };
}

/** What writers that were killed have left in a folder. */
export function leftIn(place: string): string[] {
  return readdirSync(place).filter((name) => name.endsWith(".tmp"));
}

/** Makes it look as if it had been left a day ago. */
export function age(place: string): void {
  const yesterday = Date.now() / 1000 - 86_400;
  for (const name of leftIn(place)) utimesSync(join(place, name), yesterday, yesterday);
}
