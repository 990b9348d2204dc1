import { Field } from "../files/field.js";
import { InputError } from "../inputs/input-error.js";
import { version } from "../version.js";
import {
  type Audited,
  type Baseline,
  type BaselineFinding,
  type BaselineTarget,
  SCHEMA,
} from "./baseline.js";
import { parseId } from "./finding-id.js";
import { intervalOf } from "./intervals.js";

/**
 * The baseline in a JSON document, whatever that holds. Throws an InputError that says which field is what, and what it
 * must be.
 */
export function parseBaseline(document: unknown): Baseline {
  const root = new Field(document);
  checkSchema(root.field("schema"));
  const findings = root.field("findings").items().map(finding);
  const ids = new Set<string>();
  for (const { id } of findings) {
    if (ids.has(id)) throw new InputError(`it has the finding ${id} twice. Keep one of them.`);
    ids.add(id);
  }
  return {
    version: root.field("version").text(),
    seed: root.field("seed").wholeNumber(0),
    platform: root.field("platform").text(),
    targets: record(root.field("targets"), target),
    dependencies: record(root.field("dependencies"), (field) => field.text()),
    inputs: record(root.field("inputs"), texts),
    audited: record(root.field("audited"), audited),
    findings,
  };
}

function checkSchema(field: Field): void {
  const schema = field.wholeNumber(SCHEMA);
  if (schema === SCHEMA) return;
  throw new InputError(
    `it has the schema ${schema}, and audit ${version} reads schema ${SCHEMA}: a newer version wrote it. Update loss-audit.`,
  );
}

function record<T>(field: Field, read: (field: Field) => T): Record<string, T> {
  return Object.fromEntries(field.fields().map(([name, value]) => [name, read(value)]));
}

function target(field: Field): BaselineTarget {
  return {
    backend: field.field("backend").text(),
    device: field.field("device").text(),
    versions: record(field.field("versions"), (one) => one.text()),
  };
}

function audited(field: Field): Audited {
  return { sweep: texts(field.field("sweep")), search: texts(field.field("search")) };
}

function texts(field: Field): string[] {
  return field.items().map((one) => one.text());
}

function finding(field: Field): BaselineFinding {
  const id = field.field("id").text();
  const severity = field.field("severity").oneOf(["error", "warning", "note"]);
  if (severity === "note" || parseId(id).way === "search") return { id, severity };
  const from = field.field("from");
  const [first, last] = [from.float(), field.field("to").float()];
  const [low, high] = intervalOf(first, last);
  if (!(low <= high)) from.refuse(`a number that is not above ${last.value}, where the region ends`);
  return { id, severity, from: first, to: last };
}
