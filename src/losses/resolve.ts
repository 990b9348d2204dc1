import { existsSync } from "node:fs";
import { basename, extname, relative } from "node:path";
import { didYouMean } from "../cli/did-you-mean.js";
import { typedPath } from "../cli/typed-path.js";
import { slashes } from "../files/slashes.js";
import type { FunctionLoss, FunctionLosses } from "./functions.js";
import { LoadError } from "./load-error.js";
import { catalogueNames } from "./names.js";

/** What a user asks to audit: a loss of the catalogue or a file, all of it or one implementation; or functions. */
export type ResolvedLoss = {
  /** As it was typed. */
  argument: string;
} & (
  | { kind: "catalogue"; name: string; implementation?: string }
  | {
      kind: "file";
      path: string;
      export?: string;
      /** What to call it where its file's name alone is that of another file too. */
      name?: string;
    }
  | ({ kind: "function"; name: string; implementation?: undefined } & FunctionLoss)
);

/**
 * Reads arguments of the forms `LOSS`, `LOSS#implementation`, `FILE` and
 * `FILE#export`. A name with a path separator or an extension is a file.
 * What is asked for twice, or as part of a loss that is asked for as a whole, is
 * audited once. Files of one name are told apart by their paths in the project
 * folder. A name of `functions` stands for these. Throws a LoadError for a name that is unknown.
 */
export function resolveLosses(
  args: readonly string[],
  folder = ".",
  functions: FunctionLosses = {},
): ResolvedLoss[] {
  const requests = args.map((argument) => resolveLoss(argument, functions));
  const names = requests.map((request) => (request.kind === "file" ? baseName(request.path) : request.name));
  requests.forEach((request, i) => {
    const isTaken = requests.some((other, j) => names[i] === names[j] && whole(other) !== whole(request));
    if (request.kind === "file" && isTaken) {
      const path = slashes(relative(typedPath(folder), typedPath(request.path)));
      request.name = path.slice(0, -extname(path).length || undefined);
    }
  });
  return requests.filter(
    (request, i) =>
      !requests.some((other, j) => {
        if (i === j || whole(other) !== whole(request)) return false;
        return part(other) === part(request) ? j < i : part(other) === undefined;
      }),
  );
}

/** What was asked for; the whole catalogue where nothing was. */
export function askedLosses(
  args: readonly string[],
  folder?: string,
  functions?: FunctionLosses,
): ResolvedLoss[] {
  if (args.length > 0) return resolveLosses(args, folder, functions);
  return Array.from(catalogueNames.keys(), (name) => ({ argument: name, kind: "catalogue", name }));
}

function resolveLoss(argument: string, functions: FunctionLosses): ResolvedLoss {
  if (Object.hasOwn(functions, argument)) {
    return { argument, kind: "function", name: argument, ...functions[argument] };
  }
  const [name, selected] = splitSelection(argument);
  if (selected === "" || name === "") {
    throw new LoadError(
      `"${argument}" is half a name. Write LOSS, LOSS#implementation, FILE or FILE#export.`,
    );
  }
  if (isFileName(name)) return { argument, kind: "file", path: name, export: selected };
  const names = catalogueNames.get(name);
  if (names === undefined) {
    const known = [...catalogueNames.keys()];
    const file = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ""]
      .map((ext) => name + ext)
      .find((f) => existsSync(typedPath(f)));
    const hint = file === undefined ? didYouMean(name, known) : "";
    const cure =
      file === undefined
        ? "for a file of your own, give its path"
        : `write ./${file} for the file of that name`;
    throw new LoadError(`There is no loss "${name}". ${hint}The catalogue has ${known.join(", ")}; ${cure}.`);
  }
  if (selected !== undefined && !names.includes(selected)) {
    const hint = didYouMean(selected, names);
    throw new LoadError(`${name} has no implementation "${selected}". ${hint}It has ${names.join(", ")}.`);
  }
  return { argument, kind: "catalogue", name, implementation: selected };
}

/** A name with a path separator or an extension. */
export function isFileName(name: string): boolean {
  return /[\\/]|\.\w+$/.test(name);
}

/** At the last `#`, unless what follows goes on with a path: a folder's name may hold one too. */
export function splitSelection(arg: string): [name: string, selected: string | undefined] {
  const at = arg.lastIndexOf("#");
  return at < 0 || /[\\/.]/.test(arg.slice(at)) ? [arg, undefined] : [arg.slice(0, at), arg.slice(at + 1)];
}

function baseName(path: string): string {
  return basename(path, extname(path));
}

function whole(request: ResolvedLoss): string {
  return request.kind === "file" ? `file ${typedPath(request.path)}` : `${request.kind} ${request.name}`;
}

function part(request: ResolvedLoss): string | undefined {
  return request.kind === "file" ? request.export : request.implementation;
}
