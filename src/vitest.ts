import { expect } from "vitest";
import type { StabilityOptions } from "./matcher/options.js";
import { toBeNumericallyStable } from "./matcher/to-be-numerically-stable.js";

/** Importing this adds `expect(loss).toBeNumericallyStable()` to vitest. */
expect.extend({ toBeNumericallyStable });

export type { StabilityOptions } from "./matcher/options.js";
export { toBeNumericallyStable };

declare module "vitest" {
  interface Matchers<T> {
    /** That no finding of a sweep is as severe as an error; see `StabilityOptions`. To be awaited. */
    toBeNumericallyStable(options?: StabilityOptions): Promise<void>;
  }
}
