import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../src/cli/base-command.js";
import { reportFlag } from "../src/cli/flags.js";

export default class Merge extends BaseCommand {
  static override summary = "Put the shards of a sweep, a search or a gate together.";

  static override description = [
    "Reads the blobs that audit sweep, fuzz and gate write with --shard, checks that all of them are there and belong " +
      "together, and gives exactly what one run would have given. A gate compares with its baseline here, in the folder " +
      "in which it would have run.",
    "Exit codes: those of the command; 2 where a shard is missing, did not end, is there twice, is corrupt or is that of " +
      "another run.",
  ].join("\n\n");

  static override usage = "merge FILE... [FLAGS]";

  static override examples = [
    {
      description: "Two shards, on two machines that then hand over their blobs.",
      command: "<%= config.bin %> sweep --shard 1/2\n<%= config.bin %> sweep --shard 2/2",
    },
    {
      description: "What one run would have given, with a page.",
      command: "<%= config.bin %> merge .audit/shard-*.json --report html=audit.html",
    },
  ];

  static override args = {
    file: Args.string({
      multiple: true,
      required: true,
      description: "The blobs of all shards, in any order.",
    }),
  };

  static override flags = {
    report: reportFlag,
    quiet: Flags.boolean({
      description: "Print errors and the summary only: no tables, warnings or notes.",
      helpGroup: "output",
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Merge);
    const { runMerge } = await import("../src/cli/run-merge.js");
    await runMerge(args.file as unknown as string[], flags);
  }
}
