import { posix, relative } from "node:path";
import { typedPath } from "../cli/typed-path.js";
import { repositoryOf } from "../files/repository.js";
import { slashes } from "../files/slashes.js";

/** The project's folder in its repository, with forward slashes: "" where it is the repository. `folder` is as typed. */
export function sourceRoot(folder = "."): string {
  const project = typedPath(folder);
  return slashes(relative(repositoryOf(project), project));
}

/**
 * A path of a report as GitHub wants it: from the repository's folder. What lies
 * outside of it has no folder.
 */
export function inRepository(file: string, root: string): string {
  return posix.join(root, file).replace(/^(?:\.\.\/)+/, "");
}
