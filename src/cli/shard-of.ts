import { InputError } from "../inputs/input-error.js";
import type { Shard } from "../sweep/options.js";

type Environment = Readonly<Record<string, string | undefined>>;

/** More parts than these are a slip of the pen. */
const MOST = 10_000;

/** What an environment knows of the part that is to be done here. */
interface Known {
  /** The variables that say so. */
  names: string;
  index: number;
  of?: number;
}

/**
 * The part that `--shard I/N`, `auto` or `auto/N` means: I counts from 1. Throws an InputError for what is none, and
 * where the environment says nothing, not enough, or different things.
 */
export function shardOf(text: string, environment: Environment = process.env): Shard {
  const auto = /^auto(?:\/(\d+))?$/.exec(text.trim());
  if (auto) return shardIn(environment, auto[1] === undefined ? undefined : Number(auto[1]));
  const given = /^(\d+)\/(\d+)$/.exec(text.trim());
  if (given === null) {
    throw new InputError(`--shard takes I/N, such as 1/4, or auto or auto/N, but "${text}" was given.`);
  }
  return checked({ names: `--shard ${text}`, index: Number(given[1]), of: Number(given[2]) });
}

function shardIn(environment: Environment, of: number | undefined): Shard {
  const known = [gitLab(environment), slurm(environment), kubernetes(environment)].flatMap(
    (one) => one ?? [],
  );
  if (known.length === 0) {
    throw new InputError(
      "--shard auto finds no part in the environment: it reads CI_NODE_INDEX and CI_NODE_TOTAL (GitLab CI), " +
        "SLURM_ARRAY_TASK_ID (Slurm) and JOB_COMPLETION_INDEX (Kubernetes). Give --shard I/N.",
    );
  }
  const shards = known.map((one) => {
    if (one.of !== undefined && of !== undefined && one.of !== of) {
      throw new InputError(
        `--shard auto/${of}: ${one.names} says that there are ${one.of} parts. Give --shard auto.`,
      );
    }
    const total = one.of ?? of;
    if (total === undefined) {
      throw new InputError(
        `--shard auto: ${one.names} does not say how many parts there are. Give --shard auto/N, with N as many as the job has.`,
      );
    }
    return { names: one.names, ...checked({ ...one, of: total }) };
  });
  const [first] = shards;
  const other = shards.find(({ index, of }) => index !== first.index || of !== first.of);
  if (other) {
    throw new InputError(
      `--shard auto: ${first.names} says part ${first.index} of ${first.of}, and ${other.names} part ${other.index} of ` +
        `${other.of}. Give --shard I/N.`,
    );
  }
  return { index: first.index, of: first.of };
}

function checked({ names, index, of = 0 }: Known): Shard {
  if (of < 1 || of > MOST) {
    throw new InputError(`${names}: there are 1 to ${MOST.toLocaleString("en-US")} parts, not ${of}.`);
  }
  if (index < 1 || index > of) {
    throw new InputError(`${names}: the parts are 1 to ${of}, and this would be part ${index}.`);
  }
  return { index, of };
}

/** Its index counts from 1. */
function gitLab(environment: Environment): Known | undefined {
  const index = number(environment, "CI_NODE_INDEX");
  if (index === undefined) return undefined;
  const of = number(environment, "CI_NODE_TOTAL");
  return { names: `CI_NODE_INDEX=${index}${of === undefined ? "" : `, CI_NODE_TOTAL=${of}`}`, index, of };
}

/** An array has any ids, with any step between them. */
function slurm(environment: Environment): Known | undefined {
  const id = number(environment, "SLURM_ARRAY_TASK_ID");
  if (id === undefined) return undefined;
  const low = number(environment, "SLURM_ARRAY_TASK_MIN") ?? 0;
  const step = number(environment, "SLURM_ARRAY_TASK_STEP") ?? 1;
  const high = number(environment, "SLURM_ARRAY_TASK_MAX");
  const count = number(environment, "SLURM_ARRAY_TASK_COUNT");
  const names = `SLURM_ARRAY_TASK_ID=${id}`;
  const index = step > 0 ? (id - low) / step + 1 : Number.NaN;
  const evenly = high === undefined || step === 0 ? undefined : Math.floor((high - low) / step) + 1;
  if (!Number.isInteger(index) || (count !== undefined && evenly !== undefined && count !== evenly)) {
    throw new InputError(
      `--shard auto: the ids of the Slurm array are not evenly spaced, so ${names} does not say which part it is. ` +
        "Give the array as 1-N, or --shard I/N.",
    );
  }
  return { names, index, of: count ?? evenly };
}

/** Its index counts from 0, and it does not know how many there are. */
function kubernetes(environment: Environment): Known | undefined {
  const index = number(environment, "JOB_COMPLETION_INDEX");
  return index === undefined ? undefined : { names: `JOB_COMPLETION_INDEX=${index}`, index: index + 1 };
}

/** Undefined where the variable is absent or empty. */
function number(environment: Environment, name: string): number | undefined {
  const text = environment[name]?.trim();
  if (text === undefined || text === "") return undefined;
  if (!/^\d+$/.test(text)) {
    throw new InputError(`--shard auto: ${name} is "${text}", but must be a whole number. Give --shard I/N.`);
  }
  return Number(text);
}
