import { didYouMean } from "../cli/did-you-mean.js";
import { typedPath } from "../cli/typed-path.js";
import { InputError } from "../inputs/input-error.js";
import { type ResolvedLoss, resolveLosses } from "../losses/resolve.js";

/** What of the losses of a project is asked for. */
export interface Restricted {
  /** All of the project, those of which a part is asked for in these parts. */
  losses: string[];
  /** Those that are asked for. */
  only: string[];
  /** Of a part: the loss that it is a part of. */
  wholeOf: ReadonlyMap<string, string>;
}

/**
 * Picks losses, or implementations of them, from those of a project; both as typed in the working folder. All of them,
 * where none is asked for. Throws an InputError for one that is not among them.
 */
export function restricted(losses: readonly string[], asked: readonly string[]): Restricted {
  const known = resolveLosses(losses);
  if (asked.length === 0) {
    const all = known.map(({ argument }) => argument);
    return { losses: all, only: all, wholeOf: new Map() };
  }
  const wanted = resolveLosses(asked);
  for (const one of wanted) {
    if (known.some((loss) => common(loss, one) !== undefined)) continue;
    throw new InputError(
      `${one.argument} is not among the losses of the configuration. ${didYouMean(one.argument, losses)}It has ${losses.join(", ")}.`,
    );
  }
  const wholeOf = new Map<string, string>();
  const only: string[] = [];
  const parts = known.flatMap((loss) => {
    const asked = wanted.flatMap((one) => common(loss, one) ?? []);
    for (const argument of asked) if (argument !== loss.argument) wholeOf.set(argument, loss.argument);
    only.push(...asked);
    return asked.length > 0 ? asked : [loss.argument];
  });
  return { losses: parts, only, wholeOf };
}

/** The argument of what is in both; undefined where nothing is. */
function common(loss: ResolvedLoss, asked: ResolvedLoss): string | undefined {
  if (wholeName(loss) !== wholeName(asked)) return undefined;
  const [part, wanted] = [partOf(loss), partOf(asked)];
  if (wanted === undefined || wanted === part) return loss.argument;
  return part === undefined ? `${loss.argument}#${wanted}` : undefined;
}

export function wholeName(loss: ResolvedLoss): string {
  return loss.kind === "file" ? `file ${typedPath(loss.path)}` : loss.name;
}

export function partOf(loss: ResolvedLoss): string | undefined {
  if (loss.kind === "file") return loss.export;
  return loss.kind === "catalogue" ? loss.implementation : undefined;
}
