import { InputError } from "../inputs/input-error.js";
import { supervise } from "../worker/supervise.js";
import type { ExplainOptions } from "./options.js";
import type { ExplainReport } from "./report.js";

/**
 * `explain` in a process of its own, so that an implementation that hangs or
 * ends its process is an error of this one alone. Throws an InputError when
 * nothing can be explained.
 */
export async function explainApart(
  options: ExplainOptions,
  version: string,
  timeout: number,
): Promise<ExplainReport> {
  const job = (skip: string[]) => ({ kind: "explain" as const, options, version, skip });
  const { result, error, casualties } = await supervise<ExplainReport>(job, timeout, () => {});
  if (!result) throw new InputError(error ?? casualties[casualties.length - 1].message);
  const errors = casualties
    .filter(({ implementation }) => !options.comparedWith.includes(implementation ?? ""))
    .map((casualty) => ({ loss: options.loss, ...casualty }));
  if (errors.length === 0) return result;
  return { ...result, errors: [...errors, ...result.errors], exitCode: 2 };
}
