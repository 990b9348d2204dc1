import { basename, isAbsolute, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { typedPath } from "../cli/typed-path.js";
import { repositoryOf } from "../files/repository.js";
import { slashes } from "../files/slashes.js";

const PACKAGE = fileURLToPath(new URL("../../", import.meta.url)).replace(/dist[\\/]$/, "");

/**
 * How a report names a file: from the project's folder, with forward slashes, so
 * that it is the same on every machine. A file of the catalogue is
 * `loss-audit/src/losses/…`, unless the project lies in our own repository; one
 * from elsewhere, outside of the repository of the project, has its name alone.
 */
export function projectPath(file: string, folder = "."): string {
  const project = typedPath(folder);
  const inRepository = below(repositoryOf(project), file);
  if (inRepository !== undefined && !/(^|\/)node_modules\//.test(inRepository)) {
    return slashes(relative(project, file));
  }
  const inPackage = below(PACKAGE, file);
  return inPackage === undefined ? basename(file) : `loss-audit/${inPackage}`;
}

/** The path of a file below a folder; undefined where it is not below it. */
function below(folder: string, file: string): string | undefined {
  const path = relative(folder, file);
  // On another drive of Windows it stays absolute.
  return isAbsolute(path) || path === ".." || path.startsWith(`..${sep}`) ? undefined : slashes(path);
}
