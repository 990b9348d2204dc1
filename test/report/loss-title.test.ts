import { expect, test } from "vitest";
import { lossTitle } from "../../src/report/loss-title.js";
import { sweepReport } from "./reports.js";

const [summary] = sweepReport.losses;
const of = (loss: string, ...names: string[]) => ({
  ...summary,
  loss,
  implementations: names.map((implementation) => ({ ...summary.implementations[0], implementation })),
});

test("exports of one file that are audited each by itself are told apart, and nothing else", () => {
  const losses = [of("a", "f", "f"), of("a", "g"), of("b", "f", "g")];
  expect(losses.map((one) => lossTitle(one, losses))).toEqual(["a#f", "a#g", "b"]);
});
