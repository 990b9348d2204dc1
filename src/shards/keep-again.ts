import type { FuzzParts } from "../fuzz/fuzz-report.js";
import { keep } from "../fuzz/keep.js";
import type { FuzzOptions } from "../fuzz/options.js";
import { ownOptions } from "../fuzz/own-options.js";
import { askedLosses } from "../losses/resolve.js";
import { messageOf } from "../message-of.js";

/**
 * Keeps what other machines have found in the corpus of this one, as their searches did there: the commands of the
 * findings replay it from here. What can't be kept is an error of its loss.
 */
export async function keepAgain(options: FuzzOptions, found: FuzzParts): Promise<FuzzParts> {
  const losses = new Map(askedLosses(options.losses, options.folder).map((loss) => [loss.argument, loss]));
  const parts = [];
  for (const unit of found.parts) {
    const { argument: loss, target } = unit;
    const resolved = losses.get(loss);
    const errors = [...unit.errors];
    for (const { file, ...finding } of resolved ? unit.findings : []) {
      if (finding.runs === 0 || file === undefined) continue; // it was in the corpus, or is not kept
      try {
        await keep(finding, resolved!, ownOptions(options, loss));
      } catch (error) {
        errors.push({ loss, target, message: messageOf(error) });
      }
    }
    parts.push({ ...unit, errors });
  }
  return { ...found, parts };
}
