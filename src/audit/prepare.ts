import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { didYouMean } from "../cli/did-you-mean.js";
import { UnknownKernelError } from "../evaluate/interpret.js";
import { probePoint } from "../evaluate/probe.js";
import { LossError } from "../evaluate/probe-call.js";
import { leakedTensors, mutatedInput } from "../evaluate/probe-effects.js";
import { InputError } from "../inputs/input-error.js";
import { kernels } from "../kernels/index.js";
import { sizeOf } from "../kernels/shape.js";
import { findLoss } from "../losses/catalogue.js";
import { loadLosses } from "../losses/load.js";
import type { Implementation, Loss, LossFunction, PointShape } from "../losses/loss.js";
import { type ParameterValues, parametersOf, withParameters } from "../losses/parameters.js";
import type { ResolvedLoss } from "../losses/resolve.js";
import { isUserFile } from "../losses/user-files.js";
import { firstUserFrame } from "../losses/user-frames.js";
import { ExactFunction } from "../oracle/exact-function.js";
import { usesLabels } from "../program/dependence.js";
import { treatsPointsApart } from "../program/lanes.js";
import type { Program } from "../program/program.js";
import { type Batch, record } from "../program/record.js";
import { useBackend } from "../targets/backend.js";
import type { Tfjs } from "../targets/tfjs.js";
import { onLogits } from "./on-logits.js";
import type { AuditedLoss, Subject } from "./subject.js";

export interface PrepareOptions {
  /** Names of implementations; empty for all. */
  implementations: readonly string[];
  /** Names of implementations that are left out: they brought a process down. */
  skip: readonly string[];
  /** What the functions are functions of. */
  from: "logits" | "probabilities";
  /** Classes in a row of a loss over rows. */
  classes: number;
  /** Values of the parameters that the functions take; without them each has its own defaults. */
  parameters?: ParameterValues;
  /** Called before an implementation is run to find out what it is, or what it does exactly. */
  onProbe(implementation: string): void;
}

/** Loads a loss and finds out what each of its implementations takes. Runs the user's code, on the cpu backend. */
export async function prepareLoss(
  tf: Tfjs,
  given: ResolvedLoss,
  options: PrepareOptions,
): Promise<AuditedLoss> {
  const loss = await loaded(given);
  const one = given.kind === "catalogue" ? given.implementation : undefined;
  const all = (given.kind === "function" ? given.functions : loss.implementations).map(({ name }) => name);
  const names = all.filter((name) => one === undefined || name === one);
  checkNames(one === undefined ? loss.name : given.argument, names, options.implementations);
  const wanted = names.filter(
    (name) => options.implementations.length === 0 || options.implementations.includes(name),
  );

  const declared = loss.point;
  let point: PointShape | undefined = declared;
  const failed: AuditedLoss["failed"] = [];
  const subjects: Subject[] = [];
  for (const implementation of loss.implementations) {
    const { name } = implementation;
    if (options.skip.includes(name)) continue;
    const isReference = given.kind !== "file" && loss.reference.includes(name);
    if (!wanted.includes(name) && !isReference) continue;
    try {
      options.onProbe(name);
      const prepared = prepare(tf, implementation, declared, options);
      if (point !== undefined && prepared.point !== point) {
        throw new Error(
          `${name} is a loss ${SCOPE[prepared.point]}, but ${subjects[0].name} is one ${SCOPE[point]}, so they are not ` +
            `implementations of one loss: put ${name} into a file of its own, or audit it by itself as FILE#${name}.`,
        );
      }
      point ??= prepared.point;
      subjects.push(prepared.subject);
    } catch (error) {
      if (wanted.includes(name)) failed.push({ implementation: name, message: (error as Error).message });
    }
  }
  return {
    name: given.kind === "file" ? (given.name ?? loss.name) : loss.name,
    argument: given.argument,
    ...(given.kind === "function" && {
      handedOver: { functions: all, comparedWith: given.comparedWith.map(({ name }) => name) },
    }),
    point: point ?? "element",
    names,
    wanted,
    subjects: subjects.filter(({ name }) => wanted.includes(name)),
    references: subjects
      .filter(({ name }) => loss.reference.includes(name))
      .sort((a, b) => loss.reference.indexOf(a.name) - loss.reference.indexOf(b.name)),
    failed,
    warnings: loss.warnings,
  };
}

function checkNames(loss: string, names: readonly string[], asked: readonly string[]): void {
  if (asked.length === 0 || asked.some((name) => names.includes(name))) return;
  throw new InputError(
    `${loss} has no implementation "${asked[0]}". ${didYouMean(asked[0], names)}It has ${names.join(", ")}.`,
  );
}

type LoadedLoss = Omit<Loss, "point"> & { point?: PointShape; warnings: string[] };

function loaded(given: ResolvedLoss): LoadedLoss | Promise<LoadedLoss> {
  if (given.kind === "file") return loadLosses(given.path, given.export);
  return given.kind === "catalogue" ? catalogued(given.name) : handedOver(given);
}

/** Those that a loss is held against come first: where as many agree on one thing as on another, they are the loss. */
function handedOver({ name, functions, comparedWith }: ResolvedLoss & { kind: "function" }): LoadedLoss {
  const all = [...comparedWith, ...functions];
  const about = { summary: `The loss ${name} of this program.`, formula: "as coded", source: "this program" };
  return {
    ...{ name, ...about, warnings: [] },
    implementations: all.map((one) => ({ ...one, formula: about.formula, source: about.source })),
    reference: all.map((one) => one.name),
  };
}

function catalogued(name: string): LoadedLoss {
  const loss = findLoss(name);
  if (!loss) throw new Error(`The catalogue has no loss "${name}".`);
  return { ...loss, warnings: [] };
}

function prepare(
  tf: Tfjs,
  implementation: Implementation,
  declared: PointShape | undefined,
  options: PrepareOptions,
): { subject: Subject; point: PointShape } {
  const given = withParameters(implementation.f, options.parameters);
  const f = options.from === "probabilities" ? onLogits(tf, given, declared) : given;
  useBackend(tf, "cpu");
  const probed = declared
    ? { point: declared, shape: pointShape(declared, options.classes) }
    : probePoint(f, tf);
  const { shape } = probed;
  const size = sizeOf(shape);
  const inputs = (x: number) => ({
    shape,
    logits: new Float32Array(size).fill(x),
    labels: new Float32Array(size).fill(0.25),
  });
  const mutated = TRIED.map((x) => mutatedInput(f, tf, inputs(x))).find((which) => which !== undefined);
  if (mutated) {
    throw new Error(
      `It writes into its ${mutated}, or disposes of them: what is computed afterwards from them is wrong. ` +
        "Compute with tensors of its own, and leave its arguments as they are.",
    );
  }
  const exact = new ExactFunction(tf, f, shape, lineOf, () => options.onProbe(implementation.name));
  checkKernels(exact, inputs(0.5));
  return {
    subject: {
      name: implementation.name,
      f,
      ...(implementation.line && { line: implementation.line }),
      shape,
      ...structureOf(tf, f, shape),
      exact,
      leaks: leakedTensors(f, tf, inputs(0.5)),
      parameters: parametersOf(implementation.f, implementation.name),
    },
    point: probed.point,
  };
}

/** Logits at which a function shows what it does to its inputs: a clamp in place touches only the large ones. */
const TRIED = [-1000, -20, -0.5, 0.5, 20, 1000];

/** What throws here is found by the sweep; a kernel that no exact arithmetic knows is said at once. */
function checkKernels(exact: ExactFunction, { logits, labels }: Batch): void {
  try {
    exact.checkKernels(logits, labels);
  } catch (error) {
    if (error instanceof UnknownKernelError || error instanceof LossError) throw error;
  }
}

const SCOPE: Record<PointShape, string> = {
  element: "of each element",
  row: "of rows of classes",
  map: "of a whole batch",
};

/** The same implementation with points of another shape. */
export function inShape(subject: Subject, shape: readonly number[]): Subject {
  if (shape.join() === subject.shape.join()) return subject;
  return { ...subject, shape, exact: subject.exact.inShape(shape) };
}

function pointShape(point: PointShape, classes: number): number[] {
  if (point === "map") return [1, 1, 1, 1];
  return point === "row" ? [1, Math.max(2, classes)] : [1];
}

/** What the graph of kernels for several points at once shows. */
function structureOf(
  tf: Tfjs,
  f: LossFunction,
  shape: readonly number[],
): Pick<Subject, "batched" | "usesLabels" | "readsValues"> {
  const size = sizeOf(shape);
  const half = (n: number) => new Float32Array(n * size).fill(0.5);
  const recorded = (n: number) =>
    record(tf, f, { shape: [n, ...shape.slice(1)], logits: half(n), labels: half(n) });
  // More points than there are numbers in one: no other axis can be taken for that of the batch.
  const n = Math.max(3, size + 1);
  try {
    const program = recorded(n);
    const batched = treatsPointsApart(program, kernels) && isSameFor(program, recorded(n + 1));
    return { batched, usesLabels: usesLabels(program), readsValues: program.readsValues };
  } catch {
    return { batched: false, usesLabels: true, readsValues: false }; // it takes one point at a time, if at all
  }
}

/** Whether two programs for batches of two sizes have the same numbers in them: none is divided by its size. */
function isSameFor(a: Program, b: Program): boolean {
  const numbers = ({ nodes, values }: Program) =>
    JSON.stringify([
      nodes.map(({ kernel, attrs }) => [kernel, attrs.value]),
      values.map((v) => v.constant?.[0]),
    ]);
  return numbers(a) === numbers(b);
}

/**
 * The line of the loss's own code in a stack: in a user's file or in the
 * catalogue. Source maps may be on, and then frames of ours and of tfjs's are
 * named after files that were never shipped.
 */
export function lineOf(stack: string) {
  return firstUserFrame(stack, (file) => {
    if (isIn(file, ["src/losses", "dist/src/losses"])) return true;
    return isUserFile(file) && !isIn(file, ["src", "commands", "dist", "bin"]) && !TFJS.test(file);
  });
}

const PACKAGE = fileURLToPath(new URL("../../", import.meta.url)).replace(/dist[\\/]$/, "");
const TFJS = /[\\/]tfjs-[\w-]+[\\/]src[\\/]/;

function isIn(file: string, folders: readonly string[]): boolean {
  return folders.some((folder) => file.startsWith(join(PACKAGE, folder) + sep));
}
