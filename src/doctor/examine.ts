import { opsNamed } from "../ops/catalogue.js";
import { measureOp } from "../ops/measure.js";
import { loadPrecisions } from "../oracle/oracle.js";
import { loadTarget } from "../targets/targets.js";
import { loadTfjs } from "../targets/tfjs.js";
import { measureFacts } from "./facts.js";
import type { Examination } from "./report.js";

/** What losses are made of. */
const OPS = ["exp", "expm1", "log", "log1p", "sigmoid", "softplus", "tanh"];
const POINTS = 8192;

/** Loads a target and measures it. Throws an InputError that says why it is missing and what to do. */
export async function examine(name: string): Promise<Examination> {
  const target = await loadTarget(name);
  try {
    const tf = await loadTfjs();
    const precisions = await loadPrecisions();
    const facts = await measureFacts(tf, target);
    const ops = [];
    for (const op of opsNamed(OPS)) ops.push(...(await measureOp(tf, target, precisions, op, POINTS)));
    return { description: target.description, facts, ops };
  } finally {
    await target.close();
  }
}
