import { basename, dirname } from "node:path";

/** Files that say with what the files below their folder run: packages, compiler, Node. */
const AMBIENT =
  /^(?:package(?:-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|pnpm-workspace\.yaml|bun\.lockb?|(?:ts|js)config.*\.json|\.npmrc|\.yarnrc\.yml|\.pnp\.(?:c|loader\.m)js|\.nvmrc|\.node-version|\.tool-versions)$/;
/** Changes of packages, in the folder of that name below what they concern. */
const PATCHES = /^(?:patches|\.yarn|\.pnpm-patches)$/;

/** The folders whose files may behave otherwise, since such a file has changed. */
export function touchedFolders(changed: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const path of changed) {
    if (AMBIENT.test(basename(path))) folders.add(dirname(path));
    for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
      if (PATCHES.test(basename(folder))) folders.add(dirname(folder));
    }
  }
  return folders;
}

/** Whether a folder is one of some, or lies below one. */
export function isBelow(folder: string, some: ReadonlySet<string>): boolean {
  if (some.has(folder)) return true;
  const above = dirname(folder);
  return above !== folder && isBelow(above, some);
}
