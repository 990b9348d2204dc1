import { prepareLoss } from "../../src/audit/prepare.js";
import { agreedReferences } from "../../src/audit/references.js";
import type { AuditedLoss } from "../../src/audit/subject.js";
import type { Case } from "../../src/fuzz/case.js";
import { CaseJudge, type Failure, type Verdicts } from "../../src/fuzz/judge-cases.js";
import { verdicts } from "../../src/judge/classify.js";
import { resolveLosses } from "../../src/losses/resolve.js";
import { loadPrecisions } from "../../src/oracle/oracle.js";
import { sweepDefaults } from "../../src/sweep/defaults.js";
import { loadTarget } from "../../src/targets/targets.js";
import { loadTfjs } from "../../src/targets/tfjs.js";

const precisions = await loadPrecisions();
const tf = await loadTfjs();

/** A loss and its judge, on the cpu target. */
export interface Judging {
  loss: AuditedLoss;
  judge: CaseJudge;
  /** What is wrong with an implementation at an input, in short: `gradient nan error`. */
  failures(name: string, input: Case): Promise<string[]>;
  details(name: string, input: Case): Promise<Failure[]>;
  /** The same of all inputs, judged together. */
  together(name: string, cases: readonly Case[]): Promise<{ verdicts: Verdicts; failures: string[][] }>;
}

export async function judging(argument: string): Promise<Judging> {
  const [given] = resolveLosses([argument]);
  const options = { implementations: [], from: "logits" as const, classes: 2, skip: [], onProbe: () => {} };
  const target = await loadTarget("cpu", { loss: given, from: "logits" });
  const prepared = await prepareLoss(tf, given, options);
  const references = given.kind === "file" ? agreedReferences(prepared, precisions) : prepared.references;
  const loss = { ...prepared, references };
  const tolerance = { rtol: sweepDefaults.rtol, atol: sweepDefaults.atol };
  const judge = new CaseJudge({ loss, target, precisions, tolerance, onStep: () => {}, onTry: () => {} });
  const subject = (name: string) => {
    const found = loss.subjects.find((one) => one.name === name);
    if (!found) throw new Error(`${argument} has no ${name}.`);
    return found;
  };
  const details = (name: string, input: Case) => judge.failures(input, subject(name));
  return {
    loss,
    judge,
    details,
    failures: async (name, input) =>
      (await details(name, input)).map(({ quantity, code }) => `${quantity} ${named(code)}`),
    together: async (name, cases) => {
      const judged = await judge.judge(cases, [subject(name)]);
      const [{ codes }] = judged.verdicts;
      const failures = judged.cases.map((_, i) =>
        (["gradient", "value"] as const).flatMap((quantity) =>
          codes[quantity][i] === 0 ? [] : [`${quantity} ${named(codes[quantity][i])}`],
        ),
      );
      return { verdicts: judged.verdicts[0], failures };
    },
  };
}

function named(code: number): string {
  const { kind, severity } = verdicts[code - 1];
  return `${kind} ${severity}`;
}

/** An input of one row or map; labels that are not given are 0. */
export function input(shape: readonly number[], logits: readonly number[], labels?: readonly number[]): Case {
  return {
    shape,
    logits: Float32Array.from(logits),
    labels: labels ? Float32Array.from(labels) : new Float32Array(logits.length),
  };
}
