import { caseOf } from "../fuzz/corpus/example.js";
import { readFileEntry } from "../fuzz/corpus/read-file.js";
import { InputError } from "../inputs/input-error.js";
import type { ExplainOptions } from "./options.js";

/** Whether what is to be explained is a failure that `audit fuzz` has kept. */
export function isEntry(argument: string): boolean {
  return argument.endsWith(".json");
}

/** What a failure of the corpus says of itself. `given` are options that were given beside it. */
export async function entryOptions(file: string, given: readonly string[]): Promise<ExplainOptions> {
  const [stray] = given;
  if (stray !== undefined) {
    throw new InputError(
      `${stray} does not go with ${file}: the failure says itself where and how it fails. Leave it out.`,
    );
  }
  const { loss, implementation, target, from, rtol, atol, example, index, ...entry } =
    await readFileEntry(file);
  return {
    loss: `${loss}#${implementation}`,
    comparedWith: entry.with ?? [],
    source: { kind: "case", name: file, batch: caseOf(example), at: index },
    target,
    from,
    rtol,
    atol,
    parameters: entry.parameters,
  };
}
