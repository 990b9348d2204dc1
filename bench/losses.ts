import { IntervalArithmetic } from "../dist/src/arithmetic/interval.js";
import { loadMpfr } from "../dist/src/arithmetic/mpfr.js";
import { prepareLoss } from "../dist/src/audit/prepare.js";
import type { AuditedLoss } from "../dist/src/audit/subject.js";
import { catalogue } from "../dist/src/losses/catalogue.js";
import type { ResolvedLoss } from "../dist/src/losses/resolve.js";
import { Precisions } from "../dist/src/oracle/oracle.js";
import { sweepDefaults } from "../dist/src/sweep/defaults.js";
import { loadTarget } from "../dist/src/targets/targets.js";
import { loadTfjs } from "../dist/src/targets/tfjs.js";

export const tf = await loadTfjs();

export const target = await loadTarget("wasm");

const mpfr = await loadMpfr();

/** New ones for each measurement, so that none finds another's numbers ready. */
export function newPrecisions(): Precisions {
  return new Precisions((bits) => new IntervalArithmetic(mpfr, bits));
}

export const names: readonly string[] = catalogue.map(({ name }) => name);

export function catalogued(name: string): ResolvedLoss {
  return { argument: name, kind: "catalogue", name };
}

/** A loss of the catalogue, ready to be swept on wasm. */
export function prepared(name: string, implementations: readonly string[] = []): Promise<AuditedLoss> {
  return prepareLoss(tf, catalogued(name), {
    implementations,
    skip: [],
    from: "logits",
    classes: sweepDefaults.heatmaps.classes,
    onProbe: () => {},
  });
}

/** n float32 logits, evenly spaced on [-120, 120]. */
export function uniformLogits(n: number): Float32Array {
  return Float32Array.from({ length: n }, (_, i) => -120 + (240 * i) / (n - 1));
}
