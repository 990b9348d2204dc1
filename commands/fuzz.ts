import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../src/cli/base-command.js";
import { inputFlags, reportFlag, targetFlag } from "../src/cli/flags.js";
import { shardFlags } from "../src/cli/shard-flags.js";
import { fuzzDefaults as defaults, PROPERTIES } from "../src/fuzz/defaults.js";

export default class Fuzz extends BaseCommand {
  static override summary = "Search for inputs at which losses fail; shrink each to the smallest example.";

  static override description = [
    "Gives each implementation of a loss inputs that nobody thought of (logits, labels, whole heat maps, batches, " +
      "training runs), and holds value and gradient against the exact answer. The search is guided by how near each " +
      "operation comes to its hazard, and by the error itself. Each defect comes back once, as the simplest input that " +
      "shows it, with the kernel and line to blame and a command that replays it.",
    "Errors and warnings are kept in the corpus folder, which belongs under version control: the next run replays it " +
      "first and says what is cured.",
    "With --runs, the same seed, version and target give the same findings in the same order.",
    "Exit codes: 0 done, whatever was found; 1 something as severe as --fail-on was found; 2 wrong usage, or a loss " +
      "could not be audited; 130 after Ctrl-C, 143 after SIGTERM, 129 after SIGHUP, which print what was found.",
  ].join("\n\n");

  static override usage = "fuzz [LOSS... | FILE[#EXPORT]...] [FLAGS]";

  static override examples = [
    {
      description: "Your own functions of (logits, labels).",
      command: "<%= config.bin %> fuzz ./my-loss.ts",
    },
    {
      description: "For ten minutes, on native TensorFlow.",
      command: "<%= config.bin %> fuzz ./my-loss.ts --time 600 --target tensorflow",
    },
    {
      description: "A loss of any real numbers, with labels of any size, for NaN and Infinity only.",
      command: "<%= config.bin %> fuzz ./regression.ts --label-range -1000,1000 --property nan,overflow",
    },
    {
      description: "See a failure of the corpus again.",
      command: "<%= config.bin %> fuzz --replay my-loss/naive/cpu/value/nan/Log",
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
    target: targetFlag(defaults.targets),
    runs: Flags.string({
      description: "Inputs for each loss on each target. Default: as many as suit the loss.",
      helpValue: "N",
      helpGroup: "budget",
    }),
    time: Flags.string({
      description: "Seconds for each loss on each target, in place of a number of inputs.",
      helpValue: "SECONDS",
      helpGroup: "budget",
    }),
    seed: Flags.string({
      description: "Seed of everything random. Default: one is drawn, and printed.",
      helpValue: "N",
      helpGroup: "budget",
    }),
    "max-findings": Flags.string({
      description: `Stop a loss after so many findings. Default: ${defaults.maxFindings}.`,
      helpValue: "N",
      helpGroup: "budget",
    }),
    property: Flags.string({
      description: `What to look for: ${PROPERTIES.join(", ")}. Default: all.`,
      helpValue: "NAME,...",
      helpGroup: "input",
    }),
    range: Flags.string({
      description: `Where the logits lie: two float32 numbers, in decimal or as bits. Default: ${defaults.range.join(",")}.`,
      helpValue: "LOW,HIGH",
      helpGroup: "input",
    }),
    "label-range": Flags.string({
      description:
        "Where each label lies. Default: 0,1; for rows of classes, probabilities that add up to 1.",
      helpValue: "LOW,HIGH",
      helpGroup: "input",
    }),
    special: Flags.string({
      description: "More logits: infinity (both signs), nan.",
      helpValue: "NAME,...",
      helpGroup: "input",
    }),
    from: inputFlags.from,
    train: Flags.string({
      description:
        "A small model through which training runs go: its export gives parameters, logits and labels.",
      helpValue: "FILE#EXPORT",
      helpGroup: "input",
    }),
    corpus: Flags.string({
      description: `Folder in which failures are kept. Default: ${defaults.corpus}.`,
      helpValue: "FOLDER",
      helpGroup: "corpus",
    }),
    replay: Flags.string({
      description: "Try one failure of the corpus again, by its file or its id, and nothing else.",
      helpValue: "FILE|ID",
      helpGroup: "corpus",
    }),
    rtol: inputFlags.rtol,
    atol: inputFlags.atol,
    "fail-on": inputFlags["fail-on"],
    timeout: inputFlags.timeout,
    config: inputFlags.config,
    ...shardFlags,
    report: reportFlag,
    quiet: Flags.boolean({
      description: "Print errors and the summary only: no warnings, notes or progress.",
      helpGroup: "output",
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Fuzz);
    const { runFuzz } = await import("../src/cli/run-fuzz.js");
    await runFuzz((args.loss ?? []) as unknown as string[], flags);
  }
}
