import { expect } from "@jest/globals";
import type { StabilityOptions } from "./matcher/options.js";
import { toBeNumericallyStable } from "./matcher/to-be-numerically-stable.js";

/** Importing this adds `expect(loss).toBeNumericallyStable()` to jest. */
expect.extend({ toBeNumericallyStable });

export type { StabilityOptions } from "./matcher/options.js";
export { toBeNumericallyStable };

interface StabilityMatchers {
  /** That no finding of a sweep is as severe as an error; see `StabilityOptions`. To be awaited. */
  toBeNumericallyStable(options?: StabilityOptions): Promise<void>;
}

declare module "expect" {
  interface Matchers<R, T> extends StabilityMatchers {}
}

declare global {
  namespace jest {
    interface Matchers<R, T> extends StabilityMatchers {}
  }
}
