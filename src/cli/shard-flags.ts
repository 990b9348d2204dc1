import * as Flags from "@oclif/core/flags";

/** The flags of commands whose work can be divided, among machines and among the processors of one. */
export const shardFlags = {
  shard: Flags.string({
    description:
      "Do part I of N of the work, and write what came out into a blob for audit merge. auto or auto/N takes I, and N " +
      "unless it is given, from the environment of GitLab CI, Slurm or a Kubernetes Indexed Job.",
    helpValue: "I/N",
    helpGroup: "shards",
  }),
  blob: Flags.string({
    description: "The file of the blob. Default: .audit/shard-I-of-N.json.",
    helpValue: "FILE",
    helpGroup: "shards",
  }),
  jobs: Flags.string({
    description: "Processes that run at once. Default: as many as there are processors.",
    helpValue: "N",
    helpGroup: "shards",
  }),
};
