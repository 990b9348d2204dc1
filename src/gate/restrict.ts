import { didYouMean } from "../cli/did-you-mean.js";
import { typedPath } from "../cli/typed-path.js";
import { InputError } from "../inputs/input-error.js";
import { type ResolvedLoss, resolveLosses } from "../losses/resolve.js";

/** A loss of a project, by its argument, that is asked for. */
export interface AskedLoss {
  argument: string;
  /** The one implementation of it that is asked for. */
  implementation?: string;
}

/**
 * Picks losses, or implementations of them, from those of a project; both as typed in the working folder. Throws an
 * InputError for one that is not among them.
 *
 * A loss is audited as a whole in any case: without its other implementations it would be held against something else.
 */
export function askedOf(losses: readonly string[], asked: readonly string[]): AskedLoss[] {
  const known = resolveLosses(losses);
  return resolveLosses(asked).flatMap((one) => {
    const found = known.flatMap((loss) => common(loss, one) ?? []);
    if (found.length > 0) return found;
    throw new InputError(
      `${one.argument} is not among the losses of the configuration. ${didYouMean(one.argument, losses)}It has ${losses.join(", ")}.`,
    );
  });
}

/** What is in both; undefined where nothing is. */
function common(loss: ResolvedLoss, asked: ResolvedLoss): AskedLoss | undefined {
  if (wholeName(loss) !== wholeName(asked)) return undefined;
  const [part, wanted] = [partOf(loss), partOf(asked)];
  const { argument } = loss;
  if (wanted === undefined || wanted === part) return { argument };
  return part === undefined ? { argument, implementation: wanted } : undefined;
}

function wholeName(loss: ResolvedLoss): string {
  return loss.kind === "file" ? `file ${typedPath(loss.path)}` : loss.name;
}

export function partOf(loss: ResolvedLoss): string | undefined {
  if (loss.kind === "file") return loss.export;
  return loss.kind === "catalogue" ? loss.implementation : undefined;
}
