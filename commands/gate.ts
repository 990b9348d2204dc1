import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { withBareFlag } from "../src/cli/bare-flag.js";
import { BaseCommand } from "../src/cli/base-command.js";
import { inputFlags, reportFlag } from "../src/cli/flags.js";
import { shardFlags } from "../src/cli/shard-flags.js";

export default class Gate extends BaseCommand {
  static override summary = "Fail when a loss has become worse than its baseline.";

  static override description = [
    "Audits what the configuration says, with a sweep and, where it is configured, a search, and compares what is found " +
      "with what was accepted: the baseline, audit-baseline.json beside the configuration, which belongs under version " +
      "control. New findings, findings that are more severe and failing regions that have grown fail. Without a baseline " +
      "all that is found is new, and errors fail.",
    "--update accepts the present state; --prune takes out of the baseline what is cured.",
    "Exit codes: 0 nothing is worse; 1 something is; 2 wrong usage, or not all could be audited: a loss, a target, or " +
      "something that the baseline knows; 130 after Ctrl-C, 143 after SIGTERM, 129 after SIGHUP, which print what was found.",
  ].join("\n\n");

  static override usage = "gate [LOSS... | FILE[#EXPORT]...] [FLAGS]";

  static override examples = [
    { description: "In CI, with what audit.config.ts says.", command: "<%= config.bin %> gate" },
    { description: "Accept the present state.", command: "<%= config.bin %> gate --update" },
    {
      description: "In a pull request: only losses whose files, or what they import, have changed.",
      command: "<%= config.bin %> gate --changed=origin/main",
    },
    {
      description: "One loss, without a configuration.",
      command: "<%= config.bin %> gate ./my-loss.ts --target cpu",
    },
  ];

  static override args = {
    loss: Args.string({
      multiple: true,
      description:
        "Of the configuration's losses only these, or these exports of them. Without a configuration: the losses to audit.",
    }),
  };

  static override flags = {
    target: inputFlags.target,
    seed: Flags.string({
      description: "Seed of everything random. Default: that of the configuration, or 0.",
      helpValue: "N",
    }),
    timeout: inputFlags.timeout,
    config: inputFlags.config,
    ...shardFlags,
    baseline: Flags.string({
      description: "The baseline. Default: audit-baseline.json in the folder of the configuration.",
      helpValue: "FILE",
      helpGroup: "baseline",
    }),
    update: Flags.boolean({
      description: "Accept the present state: write it into the baseline, and print what has changed.",
      helpGroup: "baseline",
    }),
    prune: Flags.boolean({
      description: "Take what is cured out of the baseline, and nothing else.",
      helpGroup: "baseline",
    }),
    "fail-on": Flags.string({
      description:
        "Fail when what is worse is this severe, or severer. Default: whatever it is; without a baseline, errors.",
      helpValue: "error|warning|note|never",
      helpGroup: "judgement",
    }),
    changed: Flags.string({
      description:
        "Only losses whose files, or what they import, have changed since the branch left BASE, committed or not. Alone, as " +
        "--changed: since it left the default branch of origin, or in CI the branch that it goes to.",
      helpValue: "BASE",
      helpGroup: "scope",
    }),
    runs: Flags.string({
      description: "Search too, with so many inputs for each loss on each target.",
      helpValue: "N",
      helpGroup: "search",
    }),
    time: Flags.string({
      description: "The same for so many seconds. What it finds then differs from machine to machine.",
      helpValue: "SECONDS",
      helpGroup: "search",
    }),
    report: reportFlag,
    quiet: Flags.boolean({
      description: "Print what fails and the verdict only: no progress, warnings, or other changes.",
      helpGroup: "output",
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Gate, withBareFlag("changed", this.argv));
    const { runGateCommand } = await import("../src/cli/run-gate.js");
    await runGateCommand((args.loss ?? []) as unknown as string[], flags);
  }
}
