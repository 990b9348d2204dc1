import { existsSync, readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { LoadError } from "./load-error.js";

/** Packages with the API of @tensorflow/tfjs and a backend of their own, which is left to the targets. */
const SAME_API = ["@tensorflow/tfjs-node", "@tensorflow/tfjs-node-gpu"];
const PARTS = ["core", "layers", "data", "converter", "backend-cpu", "backend-webgl", "backend-wasm"];
/** What a loss may import tfjs as, those that hold operations first. */
const NAMES = ["@tensorflow/tfjs", ...SAME_API, ...PARTS.map((part) => `@tensorflow/tfjs-${part}`)];

const here = createRequire(import.meta.url);
const ours = here.resolve("@tensorflow/tfjs/package.json");
const fromOurs = createRequire(ours);

/** The folder of our copy of each name. */
export function tfjsFolders(): Record<string, string> {
  const folders: Record<string, string> = {};
  for (const name of NAMES) {
    const manifest = SAME_API.includes(name) ? ours : (manifestOf(name, fromOurs) ?? manifestOf(name, here));
    if (manifest !== undefined) folders[name] = dirname(manifest);
  }
  return folders;
}

/** The package.json of a package, where `require` finds one. */
export function manifestOf(name: string, require: NodeJS.Require): string | undefined {
  try {
    return require.resolve(`${name}/package.json`);
  } catch {
    return undefined;
  }
}

type Resolve = (request: string, ...rest: unknown[]) => string;

let shared = false;

/**
 * From now on, and until the function that it gives is called, lets every
 * `require` of tfjs in this process give our copy, also that of a
 * package in the user's node_modules and of a CommonJS file that Node loads by
 * itself. A second copy would share our engine, which hangs on globalThis, but
 * would put its kernels in the place of ours, whatever its version.
 */
export function shareTfjs(): () => void {
  if (shared) return () => {};
  shared = true;
  const folders = tfjsFolders();
  const loader = Module as unknown as { _resolveFilename: Resolve };
  const resolve = loader._resolveFilename;
  loader._resolveFilename = function (this: unknown, request, ...rest) {
    const name = NAMES.find((known) => request === known || request.startsWith(`${known}/`));
    if (name === undefined || folders[name] === undefined) return resolve.call(this, request, ...rest);
    try {
      return resolve.call(this, join(folders[name], request.slice(name.length)), ...rest);
    } catch {
      return resolve.call(this, request, ...rest); // a file inside tfjs that our version does not have
    }
  };
  return () => {
    loader._resolveFilename = resolve;
    shared = false;
  };
}

/**
 * What to tell a user whose project has another tfjs than the one that the audit runs on.
 * Throws when the two differ by a major version, whose functions are not the same.
 */
export function compareTfjs(file: string): string[] {
  const { version } = here(ours) as { version: string };
  const theirs = installed(dirname(file));
  if (theirs === undefined || theirs.version === version) return [];
  const project = `${file} belongs to a project with ${theirs.name} ${theirs.version}`;
  const major = version.split(".")[0];
  if (theirs.version.split(".")[0] !== major) {
    throw new LoadError(
      `${project}; a loss can be audited on tfjs ${major} only (here ${version}). ` +
        `Install ${theirs.name} ${major} there, or copy the loss into a folder outside of that project.`,
    );
  }
  return [
    `${project}; it is audited on ${version}, for a loss and its audit must share one copy of tfjs, ` +
      "and what a kernel computes may differ between the two.",
  ];
}

/** The tfjs that Node would find from a folder. Read from the disk: `require` gives ours by now. */
function installed(folder: string): { name: string; version: string } | undefined {
  for (const name of NAMES) {
    const version = versionIn(join(folder, "node_modules", name, "package.json"));
    if (version !== undefined) return { name, version };
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : installed(parent);
}

function versionIn(manifest: string): string | undefined {
  if (!existsSync(manifest)) return undefined;
  try {
    return (JSON.parse(readFileSync(manifest, "utf8")) as { version?: string }).version;
  } catch {
    return undefined; // not for us to judge: Node says what is wrong with it when it is imported
  }
}
