import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { manifestOf } from "../losses/load-tfjs.js";

/** What a configuration has to know of the project that it is for. */
export interface Project {
  usesTypeScript: boolean;
  /** Whether `import … from "loss-audit"` leads somewhere. */
  hasAudit: boolean;
  /** The targets that it has packages for, beside `cpu`, which all have. */
  targets: string[];
}

const PACKAGES: [name: string, target: string][] = [
  ["@tensorflow/tfjs-backend-wasm", "wasm"],
  ["@tensorflow/tfjs-node", "tensorflow"],
];

/** Looks at the nearest package.json of a folder, given with its absolute path, and at what is installed there. */
export function projectIn(folder: string): Project {
  const manifest = nearestManifest(folder);
  const dependencies = manifest === undefined ? [] : dependenciesOf(manifest);
  const root = manifest === undefined ? folder : dirname(manifest);
  const require = createRequire(join(folder, "audit.config.js"));
  const isInstalled = (name: string) => manifestOf(name, require) !== undefined;
  return {
    usesTypeScript:
      dependencies.includes("typescript") ||
      [folder, root].some((path) => existsSync(join(path, "tsconfig.json"))),
    hasAudit: isInstalled("loss-audit"),
    targets: PACKAGES.filter(([name]) => dependencies.includes(name) && isInstalled(name)).map(
      ([, target]) => target,
    ),
  };
}

function nearestManifest(folder: string): string | undefined {
  const here = join(folder, "package.json");
  if (existsSync(here)) return here;
  return folder === dirname(folder) ? undefined : nearestManifest(dirname(folder));
}

/** The names of all packages that a package.json asks for; none where it can't be read. */
function dependenciesOf(manifest: string): string[] {
  try {
    const document = JSON.parse(readFileSync(manifest, "utf8").replace(/^\uFEFF/, ""));
    const kinds = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];
    return kinds.flatMap((kind) => Object.keys(document?.[kind] ?? {}));
  } catch {
    return [];
  }
}
