import { dirname, join } from "node:path";
import { typedPath } from "../cli/typed-path.js";
import { configsIn, findConfig, MANIFEST } from "../config/find.js";
import { writeFileWhole } from "../files/write-file.js";
import { InputError } from "../inputs/input-error.js";
import { configText } from "./config-text.js";
import { type FoundLoss, type FoundLosses, findLosses } from "./find-losses.js";
import { type Project, projectIn } from "./project.js";

/** What a first configuration would be, before it is written. */
export interface Proposal extends FoundLosses {
  /** Its path. */
  file: string;
  project: Project;
  /** The configuration of a folder above, which it takes the place of. */
  above?: string;
}

/**
 * Looks at the project in a folder and runs nothing of it. Throws an InputError where the folder has a configuration,
 * unless it is the same file and may be replaced.
 */
export async function propose(folder: string, mayReplace: boolean): Promise<Proposal> {
  const path = typedPath(folder);
  const project = projectIn(path);
  const name = `audit.config.${project.usesTypeScript ? "ts" : "mjs"}`;
  refuseSecond(folder, name, mayReplace);
  const above = configAbove(path);
  return { file: join(folder, name), project, ...(await findLosses(path)), ...(above && { above }) };
}

/** Writes the configuration with these losses. Throws an InputError where it can't be written. */
export async function writeConfig({ file, project }: Proposal, losses: readonly FoundLoss[]): Promise<void> {
  await writeFileWhole(file, configText(losses, project));
}

function refuseSecond(folder: string, name: string, mayReplace: boolean): void {
  for (const found of configsIn(typedPath(folder))) {
    if (found === name && mayReplace) continue;
    const file = join(folder, found);
    if (found === MANIFEST) {
      throw new InputError(
        `${file} has a configuration already, its key "audit". Edit it, or take it out first.`,
      );
    }
    const cure =
      found === name ? "replace it with --force" : "remove it first, for a folder has one configuration";
    throw new InputError(`${file} is there already. Edit it, or ${cure}.`);
  }
}

function configAbove(folder: string): string | undefined {
  try {
    return findConfig(dirname(folder));
  } catch {
    return undefined; // two in one folder, which are no matter any more with one here
  }
}
