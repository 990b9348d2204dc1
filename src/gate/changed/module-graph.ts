import { existsSync, readFileSync, realpathSync } from "node:fs";
import { isBuiltin } from "node:module";
import { basename, dirname, extname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createJiti, type Jiti } from "jiti";
import { tfjsFolders } from "../../losses/load-tfjs.js";
import { pathKey } from "./changed-files.js";
import { importsOf } from "./imports.js";

const CODE = [".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".jsx"];

/** All that some files depend on. */
export interface ModuleGraph {
  /** Files outside of packages, themselves among them, as git has them: a link and what it leads to are both there. */
  files: Set<string>;
  /** The same as they were found, in folders that may be links. */
  paths: Set<string>;
  /** What relative imports say, without an extension: a file that is gone may have been meant. */
  stems: Set<string>;
  /** Versions of the packages, as they are installed; those of the workspace are files. */
  packages: Map<string, string>;
  /** Why there may be more: something could not be followed. */
  opaque?: string;
}

/** Follows the imports of files as jiti does when it loads them. */
export function moduleGraph(entries: readonly string[]): ModuleGraph {
  const graph: ModuleGraph = { files: new Set(), paths: new Set(), stems: new Set(), packages: new Map() };
  for (const entry of entries) follow(entry, graph);
  return graph;
}

function follow(entry: string, graph: ModuleGraph): void {
  const resolveFrom = resolver(entry);
  const ours = new Set([...Object.keys(tfjsFolders()), "loss-audit"]);
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (graph.paths.has(pathKey(file))) continue;
    const text = addFile(file, graph);
    if (text === undefined) continue;
    const { specifiers, opaque } = importsOf(text);
    if (opaque !== undefined) graph.opaque ??= `${basename(file)}: ${opaque}`;
    for (const specifier of specifiers) {
      const isRelative = /^\.{0,2}[\\/]|^\.{1,2}$/.test(specifier);
      if (isRelative) {
        const path = resolve(dirname(file), specifier);
        graph.stems.add(pathKey(path)).add(stemOf(path));
      } else if (isBuiltin(specifier) || /\s/.test(specifier)) {
        continue; // no module is called "Deep Learning": it stands in a comment
      }
      const name = packageName(specifier);
      const found = ours.has(name) ? "package" : resolveFrom(file, specifier);
      if (found === undefined) graph.opaque ??= `${basename(file)}: "${specifier}" is not found`;
      else if (found === "package") addPackage(name, file, graph);
      else waiting.push(found);
    }
  }
}

/** What an import in a file leads to: a file, or a package that is installed; undefined where it leads nowhere. */
function resolver(entry: string): (file: string, specifier: string) => string | "package" | undefined {
  let jiti: Jiti | undefined;
  try {
    jiti = createJiti(entry, { fsCache: false, tsconfigPaths: true });
  } catch {
    // Its tsconfig.json extends what is not there: nothing can be resolved with it.
  }
  return (file, specifier) => {
    const url = jiti?.esmResolve(specifier, { try: true, parentURL: pathToFileURL(file).href });
    const found = url?.startsWith("file:") ? fileURLToPath(url) : resolveIndex(file, specifier);
    return found !== undefined && /[\\/]node_modules[\\/]/.test(found) ? "package" : found;
  };
}

/** Adds a file, and gives its text where it is code that can be read. */
function addFile(file: string, graph: ModuleGraph): string | undefined {
  graph.paths.add(pathKey(file));
  try {
    graph.files.add(pathKey(join(realpathSync(dirname(file)), basename(file))));
    graph.files.add(pathKey(realpathSync(file)));
    return CODE.includes(extname(file)) ? readFileSync(file, "utf8") : undefined;
  } catch {
    graph.opaque ??= `${basename(file)} can't be read`;
    return undefined;
  }
}

/** `.` and `..`, which jiti does not resolve by itself. */
function resolveIndex(file: string, specifier: string): string | undefined {
  if (!/^\.{1,2}$/.test(specifier)) return undefined;
  const folder = resolve(dirname(file), specifier);
  return CODE.map((extension) => join(folder, `index${extension}`)).find(existsSync);
}

/** The path without what may be left out of it in an import. */
export function stemOf(path: string): string {
  const bare = path.slice(0, path.length - extname(path).length);
  return pathKey(basename(bare) === "index" ? dirname(bare) : bare);
}

/** `@scope/name/part` is in `@scope/name`. */
function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

/** The version of a package that Node would find from a file; nothing where there is none. */
function addPackage(name: string, file: string, { packages }: ModuleGraph): void {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = join(folder, "node_modules", name, "package.json");
    if (existsSync(manifest)) {
      const version = versionIn(manifest);
      if (version !== undefined) packages.set(name, version);
      return;
    }
    if (folder === dirname(folder)) return;
  }
}

function versionIn(manifest: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version?: unknown };
    return typeof version === "string" && version !== "" ? version : undefined;
  } catch {
    return undefined; // Node says what is wrong with it when it is imported
  }
}
