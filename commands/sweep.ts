import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../src/cli/base-command.js";
import { inputFlags, reportFlag } from "../src/cli/flags.js";
import { shardFlags } from "../src/cli/shard-flags.js";
import { sweepDefaults as defaults } from "../src/sweep/defaults.js";

export default class Sweep extends BaseCommand {
  static override summary = "Sweep losses over logits and report where they stop computing what they mean.";

  static override description = [
    "Runs each implementation of a loss, value and gradient, on real backends, and holds every number against the " +
      "exact answer. Prints a table for each loss, then what was found, worst first, each with a command that takes " +
      "its worst point apart.",
    "An error breaks training (NaN, Infinity, a dead or reversed gradient, throws); a warning costs accuracy; a note " +
      "loses digits of something negligible.",
    "Exit codes: 0 done, whatever was found; 1 something as severe as --fail-on was found; 2 wrong usage, or a loss " +
      "could not be audited; 130 after Ctrl-C, 143 after SIGTERM, 129 after SIGHUP, which print what is done.",
  ].join("\n\n");

  static override usage = "sweep [LOSS... | FILE[#EXPORT]...] [FLAGS]";

  static override examples = [
    { description: "Sweep the whole catalogue (audit list shows it).", command: "<%= config.bin %> sweep" },
    {
      description: "Two implementations of one loss, in a range of your own.",
      command:
        "<%= config.bin %> sweep sigmoid-cross-entropy --implementation naive,tensorflow --range -20,20",
    },
    {
      description: "Your own functions of (logits, labels); two exports are compared with each other.",
      command: "<%= config.bin %> sweep ./my-loss.ts",
    },
    {
      description: "One export, in CI: exit with 1 when it can break training.",
      command: "<%= config.bin %> sweep './my-loss.ts#focal' --fail-on error",
    },
    {
      description: "The logits of a real network.",
      command: "<%= config.bin %> sweep heatmap-focal --logits heatmap.npy --label-map labels.npy",
    },
  ];

  static override args = {
    loss: Args.string({
      multiple: true,
      description:
        "Losses of the catalogue, or files (.ts, .js, .mjs, .cjs) that export functions of (logits, labels); all exports, " +
        "or the one named after #. Without any: the whole catalogue.",
    }),
  };

  static override flags = {
    implementation: inputFlags.implementation,
    target: inputFlags.target,
    from: inputFlags.from,
    range: Flags.string({
      description: `Logits to sweep: two float32 numbers, in decimal or as bits (0xc2f00000). Default: ${defaults.range.join(",")}.`,
      helpValue: "LOW,HIGH",
      helpGroup: "input",
    }),
    points: Flags.string({
      description: "Evenly spaced logits for each label. Default: as many as suit the loss.",
      helpValue: "N",
      helpGroup: "input",
    }),
    labels: Flags.string({
      description: `Labels, one after the other. Default: ${defaults.labels.join(",")}.`,
      helpValue: "Z,...",
      helpGroup: "input",
    }),
    special: Flags.string({
      description: "More inputs: zero (both signs), infinity (both signs), subnormal.",
      helpValue: "NAME,...",
      helpGroup: "input",
    }),
    logits: inputFlags.logits,
    "label-map": inputFlags["label-map"],
    heatmaps: Flags.string({
      description:
        "How many heat maps to draw for losses of a map; 0 for none. Default: as many as suit the loss.",
      helpValue: "N",
      helpGroup: "input",
    }),
    size: Flags.string({
      description: `Size of a heat map, in pixels. Default: ${defaults.heatmaps.height}x${defaults.heatmaps.width}.`,
      helpValue: "HxW",
      helpGroup: "input",
    }),
    classes: Flags.string({
      description: `Classes of a heat map. Default: ${defaults.heatmaps.classes}.`,
      helpValue: "C",
      helpGroup: "input",
    }),
    objects: Flags.string({
      description: `Objects in a heat map, at least and at most. Default: ${defaults.heatmaps.objects.join(",")}.`,
      helpValue: "MIN,MAX",
      helpGroup: "input",
    }),
    seed: Flags.string({
      description: `Seed of everything random. The same seed gives the same output. Default: ${defaults.seed}.`,
      helpValue: "N",
      helpGroup: "input",
    }),
    rtol: inputFlags.rtol,
    atol: inputFlags.atol,
    "fail-on": inputFlags["fail-on"],
    timeout: inputFlags.timeout,
    config: inputFlags.config,
    ...shardFlags,
    report: reportFlag,
    quiet: Flags.boolean({
      description: "Print errors and the summary only: no tables, warnings, notes or progress.",
      helpGroup: "output",
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Sweep);
    const { runSweep } = await import("../src/cli/run-sweep.js");
    await runSweep((args.loss ?? []) as unknown as string[], flags);
  }
}
