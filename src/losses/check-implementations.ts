import { didYouMean } from "../cli/did-you-mean.js";
import { InputError } from "../inputs/input-error.js";
import type { FunctionLosses } from "./functions.js";
import { catalogueNames } from "./names.js";
import { askedLosses, type ResolvedLoss } from "./resolve.js";

interface Asked {
  losses: readonly string[];
  implementations: readonly string[];
  folder?: string;
  functions?: FunctionLosses;
  own?: Readonly<Record<string, { implementations?: readonly string[] }>>;
}

/** What one process found out about a loss: the implementations that it could be asked for. */
interface Loaded {
  argument: string;
  result?: { names: readonly string[] };
}

/**
 * Refuses names of implementations that none of the losses can answer to, before anything runs. Those in a user's file
 * are known once it is loaded: see `unknownImplementations`.
 */
export function checkImplementations(options: Asked): void {
  const [unknown] = unknownNames(options, namesOf);
  if (unknown !== undefined) throw new InputError(unknown);
}

/** The same once the losses are loaded. Of a loss that could not be loaded nothing is said here. */
export function unknownImplementations(options: Asked, parts: readonly Loaded[]): { message: string }[] {
  const loaded = new Map(parts.flatMap(({ argument, result }) => (result ? [[argument, result.names]] : [])));
  return unknownNames(options, ({ argument }) => loaded.get(argument)).map((message) => ({ message }));
}

/** What is said of each name that is asked for of all losses and is in none, or of one that does not have it. */
function unknownNames(
  { own, implementations, losses, folder, functions }: Asked,
  namesIn: (loss: ResolvedLoss) => readonly string[] | undefined,
): string[] {
  const asked = askedLosses(losses, folder, functions);
  const ownOf = ({ argument }: ResolvedLoss) => own?.[argument]?.implementations;
  const shared = { wanted: implementations, of: asked.filter((loss) => ownOf(loss) === undefined) };
  const single = asked.map((loss) => ({ wanted: ownOf(loss) ?? [], of: [loss] }));
  return [shared, ...single].flatMap(({ wanted, of }) => {
    const names = of.map(namesIn);
    if (of.length === 0 || names.includes(undefined)) return [];
    const known = [...new Set(names.flatMap((some) => some ?? []))];
    const who = of.length === 1 ? `${of[0].argument} has` : "The losses have";
    return wanted
      .filter((name) => !known.includes(name))
      .map(
        (name) =>
          `There is no implementation "${name}". ${didYouMean(name, known)}${who} ${known.join(", ")}.`,
      );
  });
}

function namesOf(loss: ResolvedLoss): readonly string[] | undefined {
  if (loss.kind === "file") return loss.export === undefined ? undefined : [loss.export];
  if (loss.kind === "function") return loss.functions.map(({ name }) => name);
  return loss.implementation === undefined ? catalogueNames.get(loss.name) : [loss.implementation];
}
