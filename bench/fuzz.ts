import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { prepareLoss } from "../dist/src/audit/prepare.js";
import { agreedReferences } from "../dist/src/audit/references.js";
import type { AuditedLoss, Subject } from "../dist/src/audit/subject.js";
import { fuzzDefaults } from "../dist/src/fuzz/defaults.js";
import { fuzzLoss } from "../dist/src/fuzz/fuzz-loss.js";
import { CaseJudge } from "../dist/src/fuzz/judge-cases.js";
import type { FuzzOptions } from "../dist/src/fuzz/options.js";
import type { FuzzFinding } from "../dist/src/fuzz/report.js";
import { verdicts } from "../dist/src/judge/classify.js";
import { type ResolvedLoss, resolveLosses } from "../dist/src/losses/resolve.js";
import { loadPrecisions } from "../dist/src/oracle/oracle.js";
import { loadTarget } from "../dist/src/targets/targets.js";
import { loadTfjs } from "../dist/src/targets/tfjs.js";
import type { Benchmark, Row } from "./benchmark.js";

/** One defect of fixtures/defects. */
interface Defect {
  name: string;
  kind: string[];
  quantity: "value" | "gradient";
  shape: number[];
  range?: [number, number];
  labels?: [number, number];
}

/** Inputs that either of both may try. */
const BUDGET = 4096;
const SEEDS = [1, 2, 3];
/** The goals: seconds to the first finding on the mean, and how many times fewer inputs than fast-check. */
const SECONDS = 0.65;
const FEWER = 10;

interface Hunt {
  /** Inputs until the defect was found; the whole budget where it was not. */
  inputs: number;
  seconds: number;
  found: boolean;
}

/**
 * The suite of known defects: whether the search finds each, after how many inputs and seconds, beside fast-check with
 * float arrays and the same judge; and what it says of the cured forms.
 */
export const knownDefects: Benchmark = {
  name: "fuzz",
  title: `Known defects: inputs and time to the finding, of audit fuzz and of fast-check's fc.float (${SEEDS.length} seeds each, at most ${BUDGET} inputs)`,
  onRequest: true,
  async run() {
    const defects = JSON.parse(readFileSync("fixtures/defects/defects.json", "utf8")) as Defect[];
    await hunt(defects[0], 0); // what is loaded once
    const rows: Row[] = [];
    const ours: Hunt[] = [];
    const theirs: Hunt[] = [];
    const curedErrors: string[] = [];
    for (const defect of defects) {
      const our: Hunt[] = [];
      const their: Hunt[] = [];
      const cured: FuzzFinding[] = [];
      for (const seed of SEEDS) {
        const result = await hunt(defect, seed);
        our.push(result);
        their.push(await fastCheck(defect, seed));
        cured.push(...result.cured);
      }
      ours.push(...our);
      theirs.push(...their);
      curedErrors.push(...cured.filter(({ severity }) => severity === "error").map(({ id }) => id));
      process.stderr.write(`${defect.name}: ${inWords(our)}; fast-check ${inWords(their)}\n`);
      rows.push({
        what: defect.name,
        result: inWords(our),
        ratio: `${inWords(their)}; ${curedInWords(cured)}`,
      });
    }
    const mean = (hunts: readonly Hunt[], of: (one: Hunt) => number) =>
      hunts.reduce((sum, one) => sum + of(one), 0) / hunts.length;
    const found = (hunts: readonly Hunt[]) => hunts.filter((one) => one.found).length;
    const seconds = mean(ours, (one) => one.seconds);
    const inputs = [ours, theirs].map((hunts) => mean(hunts, (one) => one.inputs));
    const errors = [...new Set(curedErrors)];
    rows.push(
      {
        what: "found",
        result: `${found(ours)} of ${ours.length}`,
        ratio: `${found(theirs)} of ${theirs.length}`,
        goal: { text: "all", met: found(ours) === ours.length },
      },
      {
        what: "mean time",
        result: `${seconds.toFixed(3)} s`,
        ratio: `${mean(theirs, (one) => one.seconds).toFixed(3)} s`,
        goal: { text: `${SECONDS} s`, met: seconds < SECONDS },
      },
      {
        what: "mean inputs",
        result: inputs[0].toFixed(1),
        ratio: inputs[1].toFixed(1),
        goal: { text: `${FEWER} times fewer`, met: inputs[0] * FEWER <= inputs[1] },
      },
      {
        what: `errors on cured forms${errors.length === 0 ? "" : `: ${errors.join(", ")}`}`,
        result: String(errors.length),
        goal: { text: "0", met: errors.length === 0 },
      },
    );
    return rows;
  },
};

function inWords(hunts: readonly Hunt[]): string {
  const found = hunts.filter((one) => one.found);
  const missed = hunts.length - found.length;
  const inputs = hunts.map((one) => one.inputs).sort((a, b) => a - b)[hunts.length >> 1];
  const seconds = hunts.map((one) => one.seconds).sort((a, b) => a - b)[hunts.length >> 1];
  return missed === hunts.length
    ? "not found"
    : `${inputs} in ${seconds.toFixed(2)} s${missed ? `, ${missed} missed` : ""}`;
}

/** What was reported of the cured form, over all seeds. */
function curedInWords(findings: readonly FuzzFinding[]): string {
  const kinds = new Set(findings.map(({ severity, kind, quantity }) => `${severity} ${kind} ${quantity}`));
  return kinds.size === 0 ? "cured: nothing" : `cured: ${[...kinds].join(", ")}`;
}

/** The search, until it has found the defect, and for the whole budget in the cured form. */
async function hunt(defect: Defect, seed: number): Promise<Hunt & { cured: FuzzFinding[] }> {
  const [given] = resolveLosses([fileOf(defect)]);
  const options = optionsOf(defect, seed);
  const started = performance.now();
  let first: { inputs: number; seconds: number } | undefined;
  const cured: FuzzFinding[] = [];
  const job = { loss: given, target: "cpu", options, replays: [], skip: [] };
  await fuzzLoss(job, {
    onStep: () => {},
    onNews: (news) => {
      if (news.kind !== "finding") return;
      const { finding } = news;
      if (finding.implementation === "cured") cured.push(finding);
      if (finding.implementation !== "defect" || !isIt(defect, finding.kind, finding.quantity)) return;
      first ??= { inputs: finding.runs, seconds: (performance.now() - started) / 1000 };
    },
    isStopped: () => false,
  });
  const seconds = (performance.now() - started) / 1000;
  return { ...(first ?? { inputs: BUDGET, seconds }), found: first !== undefined, cured };
}

/** Plain fast-check: arrays of fc.float over the same ranges, and a property that fails where the search has a finding. */
async function fastCheck(defect: Defect, seed: number): Promise<Hunt> {
  const started = performance.now();
  const [given] = resolveLosses([fileOf(defect)]);
  const { judge, subject } = await judgeOf(given, defect, seed);
  const size = defect.shape.reduce((a, b) => a * b, 1);
  const { range, labelRange = [0, 1] } = optionsOf(defect, seed);
  const array = ([min, max]: readonly number[]) =>
    fc.array(fc.float({ min, max, noNaN: true, noDefaultInfinity: true }), {
      minLength: size,
      maxLength: size,
    });
  const property = fc.asyncProperty(array(range), array(labelRange), async (logits, labels) => {
    const input = {
      shape: defect.shape,
      logits: Float32Array.from(logits),
      labels: Float32Array.from(labels),
    };
    const failures = await judge.failures(input, subject);
    return !failures.some(({ code, quantity }) => isIt(defect, verdicts[code - 1].kind, quantity));
  });
  const result = await fc.check(property, { numRuns: BUDGET, seed, endOnFailure: true });
  const seconds = (performance.now() - started) / 1000;
  return { found: result.failed, inputs: result.failed ? result.numRuns : BUDGET, seconds };
}

async function judgeOf(
  given: ResolvedLoss,
  defect: Defect,
  seed: number,
): Promise<{ judge: CaseJudge; subject: Subject }> {
  const precisions = await loadPrecisions();
  const options = { implementations: [], from: "logits" as const, classes: 2, skip: [], onProbe: () => {} };
  const prepared = await prepareLoss(await loadTfjs(), given, options);
  const loss: AuditedLoss = { ...prepared, references: agreedReferences(prepared, precisions) };
  const judge = new CaseJudge({
    loss,
    target: await loadTarget("cpu"),
    precisions,
    tolerance: optionsOf(defect, seed),
    onStep: () => {},
    onTry: () => {},
  });
  const subject = loss.subjects.find(({ name }) => name === "defect");
  if (!subject) throw new Error(`${defect.name} has no export "defect" that can be audited.`);
  return { judge, subject };
}

/** What is off may turn out to be off for the formula's sake, once it is run exactly. */
const BY_FORMULA = ["formula", "semantic"];
const OFF = ["inaccurate", "underflow", "dead-gradient", "wrong-sign"];

function isIt({ kind, quantity }: Defect, found: string, of: string): boolean {
  if (of !== quantity) return false;
  return kind.includes(found) || (BY_FORMULA.includes(found) && kind.some((one) => OFF.includes(one)));
}

function optionsOf({ range = fuzzDefaults.range, labels }: Defect, seed: number): FuzzOptions {
  const [low, high] = range.map(Math.fround);
  const properties = fuzzDefaults.properties.filter((one) => one !== "training");
  const labelRange = labels?.map(Math.fround) as [number, number] | undefined;
  return {
    ...fuzzDefaults,
    seed,
    runs: BUDGET,
    range: [low, high],
    ...(labelRange && { labelRange }),
    properties,
  };
}

function fileOf({ name }: Defect): string {
  return `fixtures/defects/${name}.ts`;
}
