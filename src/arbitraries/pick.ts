import type { Random } from "../inputs/random.js";

/** Any of them, each as likely. */
export function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.integer(0, from.length - 1)];
}
