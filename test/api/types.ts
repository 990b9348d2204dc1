import { expect as jestExpect } from "@jest/globals";
import type { Tensor } from "@tensorflow/tfjs";
import { expect } from "vitest";
import { explain, fuzz, gate, type ProgramConfig, render, sweep } from "../../src/index.js";
import "../../src/jest.js";
import "../../src/vitest.js";

/** Compiled only: what a program may write, and what it may not. */
const loss = (logits: Tensor, labels: Tensor) => logits.sub(labels).square();

export async function allowed(): Promise<void> {
  const config: ProgramConfig = {
    losses: [loss, "./focal.ts#focal", { loss, with: loss, rtol: 1e-3 }, { loss: { loss }, name: "loss" }],
    targets: ["cpu"],
    range: [-20, "0x418b3333"],
    "fail-on": "warning",
  };
  const { signal } = new AbortController();
  const report = await sweep(config, { signal, onProgress: ({ done }) => done.toFixed(), plots: true });
  const found = await fuzz(config, { onFinding: ({ example }) => example.logits, replay: "id" });
  const { cured, findings } = await gate(
    { losses: ["softplus"] },
    { update: true, onSearch: ({ runs }) => runs },
  );
  const { points } = await explain({ loss, with: [loss], at: [1, "0x418b3333"], label: 0 }, { signal });
  await render("sarif", found, { folder: "." });
  await expect(loss).toBeNumericallyStable({ with: { loss }, targets: "wasm", "fail-on": "note" });
  await expect([loss, loss]).not.toBeNumericallyStable();
  await jestExpect(loss).toBeNumericallyStable({ rtol: 1e-3 });
  console.log(report.findings[0].line?.line, cured, findings[0].change, points[0].value.verdict);
}

export async function refused(): Promise<void> {
  // @ts-expect-error: a loss takes tensors
  await sweep({ losses: [(x: string) => x] });
  // @ts-expect-error: no such key
  await sweep({ lossez: [] });
  // @ts-expect-error: a baseline is compared by other processes, which have no function of this one
  await gate({ losses: [loss] });
  // @ts-expect-error: no loss
  await explain({ at: 1 });
  // @ts-expect-error: an assertion that never fails
  await expect(loss).toBeNumericallyStable({ "fail-on": "never" });
  // @ts-expect-error: no such key
  await jestExpect(loss).toBeNumericallyStable({ rtl: 1 });
}
