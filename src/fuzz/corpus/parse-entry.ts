import { Field } from "../../files/field.js";
import { InputError } from "../../inputs/input-error.js";
import { type Kind, type Quantity, type Severity, severityRank } from "../../judge/finding.js";
import { version } from "../../version.js";
import type { Example, TrainingRun } from "../report.js";
import { type CorpusEntry, SCHEMA } from "./entry.js";

// Records, so that the compiler misses none.
const quantities: Record<Quantity, true> = { value: true, gradient: true };
const kinds: Record<Kind, true> = {
  ...{ overflow: true, nan: true, underflow: true, inaccurate: true, "dead-gradient": true },
  ...{ "wrong-sign": true, throws: true, unresolved: true, semantic: true, formula: true },
  ...{ divergence: true, training: true },
};
const optimizers: Record<TrainingRun["optimizer"], true> = {
  "gradient descent": true,
  momentum: true,
  Adam: true,
};
const outcomes: Record<TrainingRun["outcome"], true> = { nan: true, infinity: true, stuck: true };

/** What to do with a file that is no entry. */
export const REPAIR = "Correct it or delete it.";

/**
 * The entry that a JSON document holds, every decimal checked against its bits.
 * Keys that are unknown are passed over: another version may have written them.
 * Throws an InputError that says what is wrong, where, and what to do.
 */
export function parseEntry(document: unknown): CorpusEntry {
  const entry = new Field(document);
  let schema: number;
  try {
    schema = entry.field("schema").wholeNumber(1);
    if (schema === SCHEMA) return checked(entry);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${error.message}${otherVersion(document)}. ${REPAIR}`);
  }
  throw new InputError(
    `its schema is ${schema}, and only ${SCHEMA} is known${otherVersion(document)}. Update audit.`,
  );
}

/** Which version wrote the document, where it is not this one. */
function otherVersion(document: unknown): string {
  const writtenBy = (document as { version?: unknown } | null)?.version;
  if (typeof writtenBy !== "string" || writtenBy === version) return "";
  return ` (written by audit ${writtenBy}, this is ${version})`;
}

function checked(entry: Field): CorpusEntry {
  const example = exampleIn(entry.field("example"));
  const index = entry.field("index");
  if (index.wholeNumber(0) >= example.logits.length) {
    index.refuse(`below ${example.logits.length}, the number of logits`);
  }
  return {
    schema: SCHEMA,
    version: entry.field("version").text(),
    id: entry.field("id").text(),
    loss: entry.field("loss").text(),
    implementation: entry.field("implementation").text(),
    target: entry.field("target").text(),
    quantity: entry.field("quantity").oneOf(namesOf(quantities)),
    kind: entry.field("kind").oneOf(namesOf(kinds)),
    severity: entry.field("severity").oneOf(namesOf<Severity>(severityRank)),
    message: entry.field("message").text(),
    from: entry.field("from").oneOf(["logits", "probabilities"]),
    rtol: entry.field("rtol").size(),
    atol: entry.field("atol").size(),
    ...entry.optional("with", texts),
    ...entry.optional("parameters", (parameters) =>
      Object.fromEntries(parameters.fields().map(([name, field]) => [name, field.number()])),
    ),
    ...entry.optional("kernel", (kernel) => kernel.text()),
    ...entry.optional("against", (against) => against.text()),
    ...entry.optional("training", trainingIn),
    index: index.wholeNumber(0),
    example,
  };
}

function exampleIn(field: Field): Example {
  const shape = field
    .field("shape")
    .items()
    .map((n) => n.wholeNumber(1));
  const size = shape.reduce((product, n) => product * n, 1);
  const floats = (name: string) => {
    const list = field.field(name);
    const numbers = list.items();
    if (numbers.length !== size) list.refuse(`${size} numbers, as the shape [${shape.join(", ")}] has`);
    return numbers.map((number) => number.float());
  };
  return { shape, logits: floats("logits"), labels: floats("labels") };
}

function trainingIn(field: Field): TrainingRun {
  return {
    optimizer: field.field("optimizer").oneOf(namesOf(optimizers)),
    learningRate: field.field("learningRate").size(),
    steps: field.field("steps").wholeNumber(0),
    outcome: field.field("outcome").oneOf(namesOf(outcomes)),
    ...field.optional("model", (model) => model.text()),
    start: field
      .field("start")
      .items()
      .map((number) => number.float()),
    survivors: texts(field.field("survivors")),
  };
}

function texts(field: Field): string[] {
  return field.items().map((item) => item.text());
}

function namesOf<T extends string>(record: Record<T, unknown>): T[] {
  return Object.keys(record) as T[];
}
