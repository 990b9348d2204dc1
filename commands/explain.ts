import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../src/cli/base-command.js";
import { inputFlags } from "../src/cli/flags.js";
import { sweepDefaults as defaults } from "../src/sweep/defaults.js";
import { targetNames } from "../src/targets/names.js";

export default class Explain extends BaseCommand {
  static override summary = "Take one point of a loss apart, kernel by kernel.";

  static override description = [
    "Shows for each implementation what the backend computes for value and gradient and what is exact, with the " +
      "distance in ulps; then every kernel that ran, forward and backward: its source line, what it gave, what is " +
      "exact, how many ulps it added by itself and how many came from its inputs; and in one sentence why.",
    "The findings of audit sweep and audit fuzz end with such a command.",
    "Exit codes: 0 done; 2 wrong usage, or an implementation could not be explained; 130 after Ctrl-C, 143 after " +
      "SIGTERM, 129 after SIGHUP, which print what is done.",
  ].join("\n\n");

  static override usage = [
    "explain LOSS[#IMPLEMENTATION] | FILE[#EXPORT] --at X [FLAGS]",
    "explain CORPUS-FILE.json",
  ];

  static override examples = [
    {
      description: "Why is the cross entropy of a confident mistake infinite?",
      command: "<%= config.bin %> explain sigmoid-cross-entropy#naive --at 17.4 --label 0",
    },
    {
      description: "Several points, one by its bits, on the wasm backend, of your own function.",
      command: "<%= config.bin %> explain './my-loss.ts#focal' --at 0x418b3333,-3 --label 0,1 --target wasm",
    },
    {
      description: "The worst pixel of a real heat map.",
      command: "<%= config.bin %> explain heatmap-focal#naive --logits heatmap.npy --label-map labels.npy",
    },
  ];

  static override args = {
    loss: Args.string({
      required: true,
      description:
        "A loss of the catalogue or a file of yours; all implementations, or the one named after #. Or a failure that " +
        "audit fuzz has kept in its corpus, which says everything itself.",
    }),
  };

  static override flags = {
    with: Flags.string({
      description:
        "Other exports of the file to compare FILE#EXPORT with: what most of them agree on is the loss.",
      helpValue: "EXPORT,...",
    }),
    at: Flags.string({
      description: "Logits, in decimal or as bits (0x418b3333); Infinity shows the limit.",
      helpValue: "X,...",
      helpGroup: "input",
      multiple: true,
      multipleNonGreedy: true,
    }),
    label: Flags.string({
      description: "Labels, each at every logit. Default: 0.",
      helpValue: "Z,...",
      helpGroup: "input",
      multiple: true,
      multipleNonGreedy: true,
    }),
    beside: Flags.string({
      description: "A second pixel beside the one at --at, for losses of a map, which count their positives.",
      helpValue: "LOGIT:LABEL",
      helpGroup: "input",
    }),
    logits: inputFlags.logits,
    "label-map": inputFlags["label-map"],
    heatmap: Flags.string({
      description:
        "Which heat map of a sweep, counted from 0, drawn with --size, --classes, --objects and --seed.",
      helpValue: "N",
      helpGroup: "input",
    }),
    index: Flags.string({
      description:
        "Pixel of the map: batch, height, width, class, from 0. Default: the one with the worst gradient.",
      helpValue: "I,J,K,L",
      helpGroup: "input",
    }),
    size: Flags.string({
      description: `Size of the heat map. Default: ${defaults.heatmaps.height}x${defaults.heatmaps.width}.`,
      helpValue: "HxW",
      helpGroup: "input",
    }),
    classes: Flags.string({
      description: `Classes of the heat map (default: ${defaults.heatmaps.classes}), or logits in a row (default: 2).`,
      helpValue: "C",
      helpGroup: "input",
    }),
    objects: Flags.string({
      description: `Objects in the heat map. Default: ${defaults.heatmaps.objects.join(",")}.`,
      helpValue: "MIN,MAX",
      helpGroup: "input",
    }),
    seed: Flags.string({
      description: `Seed of the heat map. Default: ${defaults.seed}.`,
      helpValue: "N",
      helpGroup: "input",
    }),
    target: Flags.string({
      description: `Backend to run on: ${targetNames.join(", ")}. Default: cpu.`,
      helpValue: "NAME",
    }),
    from: inputFlags.from,
    rtol: inputFlags.rtol,
    atol: inputFlags.atol,
    timeout: inputFlags.timeout,
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Explain);
    const { explainConfig } = await import("../src/cli/explain-options.js");
    const { runExplain } = await import("../src/cli/run-explain.js");
    await runExplain(explainConfig(args.loss, flags), { json: flags.json, noColor: flags["no-color"] });
  }
}
