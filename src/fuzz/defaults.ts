import { sweepDefaults } from "../sweep/defaults.js";
import type { FuzzOptions, Property } from "./options.js";

/** What can be looked for, severest first. */
export const PROPERTIES: readonly Property[] = [
  "nan",
  "overflow",
  "throws",
  "dead-gradient",
  "wrong-sign",
  "training",
  "divergence",
  "semantic",
  "formula",
  "inaccurate",
  "underflow",
  "unresolved",
];

/** What `audit fuzz` does unless it is told otherwise; the seed is drawn. */
export const fuzzDefaults: Readonly<Omit<FuzzOptions, "seed">> = {
  losses: [],
  implementations: [],
  targets: ["cpu"],
  maxFindings: 100,
  properties: [...PROPERTIES],
  // What a network can give when it goes wrong; beyond it even a right square or product leaves float32.
  range: [-10_000, 10_000],
  special: [],
  corpus: ".audit/corpus",
  from: sweepDefaults.from,
  rtol: sweepDefaults.rtol,
  atol: sweepDefaults.atol,
  failOn: "never",
  timeout: sweepDefaults.timeout,
};
