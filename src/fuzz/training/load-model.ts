import type { Tensor, Tensor1D } from "@tensorflow/tfjs";
import { didYouMean } from "../../cli/did-you-mean.js";
import { typedPath } from "../../cli/typed-path.js";
import { InputError } from "../../inputs/input-error.js";
import { sizeOf } from "../../kernels/shape.js";
import { checkLossFile } from "../../losses/load-file.js";
import { importUserFile } from "../../losses/load-import.js";
import { thrownText } from "../../losses/user-errors.js";
import { useBackend } from "../../targets/backend.js";
import { targets } from "../../targets/names.js";
import type { Tfjs } from "../../targets/tfjs.js";
import { finiteNumbers } from "./model-numbers.js";
import type { TrainedModel } from "./through-model.js";

const RULE =
  "a model is { parameters, logits, labels } or a function that gives one: parameters and labels are numbers or " +
  "tensors, logits is a function of the flat tensor of parameters";

/** Throws an InputError for a target on which no model of a user's can run. */
export function checkModelTarget(name: string): void {
  // A page is given the module of the loss and no other.
  const others = targets.filter(({ place }) => place === "process").map((target) => target.name);
  if (others.includes(name)) return;
  throw new InputError(
    `--train does not run on ${name}, which is a page of a browser: give one of ${others.join(", ")} as --target.`,
  );
}

/**
 * The model of `--train FILE#export`, or the default or only export of FILE:
 *
 *     export const model = {
 *       parameters: [0, 0, 0],
 *       logits: (w) => tf.add(tf.matMul(inputs, w.slice(0, 2).reshape([2, 1])), w.slice(2)),
 *       labels: [[0], [1]],
 *     };
 *
 * or a function, which may be async, that gives such an object. The labels are as many as the logits. Runs the model
 * once, on the cpu backend. Throws an InputError for all that can't be trained.
 */
export async function loadModel(tf: Tfjs, argument: string): Promise<TrainedModel> {
  const [path, name] = split(argument);
  const file = typedPath(path);
  checkLossFile(path, file, "model");
  const exported = chosenExport(argument, path, name, await importUserFile(file));
  useBackend(tf, "cpu");
  const given = await called(argument, exported);
  const [parameters, labels] = ["parameters", "labels"].map((part) =>
    finiteNumbers(argument, part, given[part]),
  );
  const { logits } = given;
  if (typeof logits !== "function") {
    throw new InputError(`${argument} has no logits that are a function; ${RULE}.`);
  }
  const shape = shapeOfLogits(tf, argument, logits as TrainedModel["logits"], parameters);
  const size = sizeOf(shape);
  if (size !== labels.length) {
    throw new InputError(
      `${argument} gives ${size} logits, of shape [${shape.join(", ")}], and ${labels.length} labels: give one label for each logit.`,
    );
  }
  return { name: argument, parameters, logits: logits as TrainedModel["logits"], shape, labels };
}

function split(argument: string): [path: string, name: string | undefined] {
  const at = argument.lastIndexOf("#");
  if (at < 0 || /[\\/.]/.test(argument.slice(at))) return [argument, undefined];
  if (at === 0 || at === argument.length - 1) {
    throw new InputError(`"${argument}" is half a name. Write FILE or FILE#export.`);
  }
  return [argument.slice(0, at), argument.slice(at + 1)];
}

function chosenExport(
  argument: string,
  path: string,
  name: string | undefined,
  module: Record<string, unknown>,
): unknown {
  const names = Object.keys(module).filter((key) => key !== "__esModule");
  const found = names.length === 0 ? "nothing" : names.join(", ");
  if (name !== undefined) {
    if (names.includes(name)) return module[name];
    throw new InputError(`${path} has no export "${name}". ${didYouMean(name, names)}It exports ${found}.`);
  }
  if (names.includes("default")) return module.default;
  if (names.length === 1) return module[names[0]];
  throw new InputError(`${argument} exports ${found}: name the model as ${path}#export; ${RULE}.`);
}

async function called(argument: string, exported: unknown): Promise<Record<string, unknown>> {
  let given: unknown;
  try {
    given = await (typeof exported === "function" ? exported() : exported);
  } catch (error) {
    throw new InputError(`${argument} throws when it is called: ${thrownText(error)}`);
  }
  if (typeof given === "object" && given !== null && !Array.isArray(given))
    return given as Record<string, unknown>;
  const is = given === null || given === undefined ? String(given) : `of type ${typeof given}`;
  throw new InputError(
    `${argument} ${typeof exported === "function" ? "gives what is" : "is"} ${is}; ${RULE}.`,
  );
}

function shapeOfLogits(
  tf: Tfjs,
  argument: string,
  logits: TrainedModel["logits"],
  parameters: Float32Array,
): number[] {
  const outcome = tf.tidy(() => {
    let given: Tensor;
    try {
      given = logits(tf.tensor1d(parameters) as Tensor1D);
    } catch (error) {
      return `The logits of ${argument} throw: ${thrownText(error)}`;
    }
    if (given instanceof tf.Tensor && given.size > 0) return given.shape;
    const is = given instanceof tf.Tensor ? "an empty tensor" : "no tensor";
    return `The logits of ${argument} are ${is}: return one tensor, at once, with a logit for each label.`;
  });
  if (typeof outcome === "string") throw new InputError(outcome);
  return outcome;
}
