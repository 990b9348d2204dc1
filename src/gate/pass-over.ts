import { realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { typedPath } from "../cli/typed-path.js";
import { splitSelection } from "../losses/resolve.js";
import type { Baseline } from "./baseline.js";
import { baseOf } from "./changed/base.js";
import { changedEntries } from "./changed/changed-entries.js";
import { changedFiles, pathKey } from "./changed/changed-files.js";
import { type ChangedLosses, changedLosses, type LossFiles } from "./changed/changed-losses.js";
import { moduleGraph } from "./changed/module-graph.js";
import { nameOf } from "./gone.js";
import { type NamedLoss, namedLosses } from "./loss-names.js";
import type { GatePlan } from "./plan.js";
import type { LossPart } from "./scope.js";

interface Project {
  /** Absolute. */
  folder: string;
  /** The file of the configuration, as typed. */
  config?: string;
  /** The git ref; undefined: nothing is passed over. */
  since?: string;
  /** The baseline. */
  before?: Baseline;
}

/** A plan without the losses of which nothing has changed, and with the versions of what the others import. */
export async function passOverUnchanged(plan: GatePlan, project: Project): Promise<GatePlan> {
  const { sweep } = plan;
  if (sweep === undefined) return plan;
  const asked = namedLosses(sweep.losses, sweep.folder).filter(
    ({ argument }) => sweep.only?.includes(argument) ?? true,
  );
  const files = asked.map((loss) => filesOf(loss, plan));
  const dependencies = Object.fromEntries(
    moduleGraph(files.flatMap((loss) => loss.files).map(typedPath)).packages,
  );
  if (project.since === undefined) return { ...plan, dependencies };

  const base = await baseOf(project.folder, project.since);
  const found: ChangedLosses =
    "everything" in base
      ? { changed: asked.map(({ argument }) => argument), everything: base.everything }
      : await changedSince(base.commit, { plan, project, asked, files });
  const isChanged = ({ argument }: NamedLoss) => found.changed.includes(argument);
  const unchanged = asked.filter((loss) => !isChanged(loss));
  const only = asked.filter(isChanged).map(({ argument }) => argument);
  const searched = plan.fuzz?.only?.filter((argument) => only.includes(argument)) ?? [];
  const { sweep: _, fuzz, ...rest } = plan;
  return {
    ...rest,
    ...(only.length > 0 && { sweep: { ...sweep, only } }),
    ...(fuzz && searched.length > 0 && { fuzz: { ...fuzz, only: searched } }),
    scope: { ...plan.scope, unchanged: unchanged.map(partOf) },
    changed: {
      since: base.since,
      ...("commit" in base && { commit: base.commit }),
      unchanged: unchanged.map((loss) => nameOf(partOf(loss))),
      ...(found.everything !== undefined && { everything: found.everything }),
    },
    dependencies,
  };
}

async function changedSince(
  commit: string,
  {
    plan,
    project,
    asked,
    files,
  }: { plan: GatePlan; project: Project; asked: readonly NamedLoss[]; files: readonly LossFiles[] },
): Promise<ChangedLosses> {
  const changes = await changedFiles(project.folder, commit);
  const found = await changedLosses(files, project, changes);
  if (found.everything !== undefined) return found;
  const typed = typedPath(plan.baseline.file);
  const baseline = join(realpathSync(dirname(typed)), basename(typed));
  if (!changes.changed.has(pathKey(baseline))) return found;
  const entries = project.before && (await changedEntries(project.before, baseline, { ...changes, commit }));
  if (entries === undefined) {
    return {
      changed: asked.map(({ argument }) => argument),
      everything: `${plan.baseline.file} has changed`,
    };
  }
  const others = asked.filter(({ loss, argument }) => entries.has(loss) && !found.changed.includes(argument));
  return { changed: [...found.changed, ...others.map(({ argument }) => argument)] };
}

/** What a loss is audited with. */
function filesOf({ argument, resolved }: NamedLoss, { sweep, fuzz }: GatePlan): LossFiles {
  const swept = { ...sweep, ...sweep?.own?.[argument] };
  const searched = fuzz?.only?.includes(argument) ? { ...fuzz, ...fuzz.own?.[argument] } : undefined;
  const files = [
    ...(resolved.kind === "file" ? [resolved.path] : []),
    ...(swept.logits === undefined ? [] : [swept.logits]),
    ...(swept.labelMap === undefined ? [] : [swept.labelMap]),
    ...(searched?.train === undefined ? [] : [splitSelection(searched.train)[0]]),
  ];
  return { argument, files, ...(searched && { corpus: searched.corpus }) };
}

function partOf({ loss, implementation }: NamedLoss): LossPart {
  return { loss, ...(implementation !== undefined && { implementation }) };
}
