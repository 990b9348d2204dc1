import { InputError } from "../inputs/input-error.js";
import { areFunctions, type FunctionLosses, type Functions, functionLoss } from "../losses/functions.js";
import type { LossFunction } from "../losses/loss.js";
import { targets } from "../targets/names.js";
import type { Config, LossConfig, LossOptions } from "./config.js";

/** Functions of (logits, labels) that are one loss, with options of their own. They run in this process. */
export interface FunctionConfig extends LossOptions {
  loss: Functions;
  /** What they are held against, and is not audited itself. Without it, the loss is what most of them agree on. */
  with?: Functions;
  /** What to call the loss: as its only function is called, unless said. */
  name?: string;
}

/** A configuration whose losses may be functions of (logits, labels), which run in this process. */
export interface ProgramConfig extends Omit<Config, "losses"> {
  losses?: (string | LossFunction | LossConfig | FunctionConfig)[];
}

/**
 * A configuration with a name in the place of each loss that is a function, and the losses by these names. What else is
 * wrong in it is not looked at. Throws an InputError for what is no function, and for two losses of one name.
 */
export function withoutFunctions(config: ProgramConfig): { config: Config; functions: FunctionLosses } {
  const { losses } = Object(config) as ProgramConfig;
  if (!Array.isArray(losses)) return { config: config as Config, functions: {} };
  const functions: Record<string, FunctionLosses[string]> = {};
  const named = losses.map((given, i): string | LossConfig => {
    const isFunction = typeof given === "function";
    if (!isFunction && !areFunctions(Object(given).loss)) return given as string | LossConfig;
    const { loss, with: others, name, ...own } = isFunction ? { loss: given } : (given as FunctionConfig);
    const place = `losses[${i}]`;
    const places = { loss: isFunction ? place : `${place}.loss`, with: `${place}.with` };
    const { name: usual, ...found } = functionLoss(loss, others, places);
    const known = nameOf(name, place) ?? usual;
    if (known in functions || losses.includes(known)) {
      throw new InputError(
        `${place} is called "${known}", as another of the losses is. Give it a name, as { loss: …, name: "other" }.`,
      );
    }
    functions[known] = found;
    return isFunction ? known : { loss: known, ...own };
  });
  return { config: { ...config, losses: named }, functions };
}

/** A name that no file and no part of a loss can have. */
function nameOf(name: string | undefined, place: string): string | undefined {
  if (name === undefined || (typeof name === "string" && /^[\p{L}\p{N}_$-]+$/u.test(name))) return name;
  throw new InputError(
    `${place}.name is ${JSON.stringify(name)}, but must be made of letters, digits, _ and -.`,
  );
}

/** Throws an InputError for a target on which functions of this process can't run. */
export function checkFunctionTargets(asked: readonly string[]): void {
  const fitting = targets.filter(({ runsFunctions }) => runsFunctions).map(({ name }) => name);
  const unfit = asked.find((name) => !fitting.includes(name));
  if (unfit === undefined) return;
  throw new InputError(
    `A function runs in this process, on ${fitting.join(", ")} only, not on "${unfit}". ` +
      "Name such targets, or give the loss as FILE#EXPORT.",
  );
}
