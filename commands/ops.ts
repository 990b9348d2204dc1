import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../src/cli/base-command.js";
import { inputFlags } from "../src/cli/flags.js";
import { opsOptions } from "../src/cli/ops-options.js";
import { opsDefaults as defaults } from "../src/ops/options.js";

export default class Ops extends BaseCommand {
  static override summary =
    "Measure how accurate the ops of TensorFlow.js are, value and gradient, on each backend.";

  static override description = [
    "Runs each differentiable elementwise op and reduction over float32 numbers of all exponents and both signs, and " +
      "holds every value and every gradient against the exact answer. Prints the worst error of each in ulps (units in " +
      "the last place: 0.5 is correctly rounded), as tables of the accuracy of a libm do; then where it is; then the " +
      "results at ±0, ±Infinity and NaN that differ from IEEE 754 or from the limit of the function.",
    "Exit codes: 0 done, whatever came out; 2 wrong usage, a target is missing, or an op could not be measured; " +
      "130 interrupted (Ctrl-C prints what is done).",
  ].join("\n\n");

  static override usage = "ops [OP...] [FLAGS]";

  static override examples = [
    { description: "All ops on cpu and wasm.", command: "<%= config.bin %> ops" },
    {
      description: "A few ops, with every place where they are off, on all backends that are there.",
      command: "<%= config.bin %> ops exp log1p softmax --target auto",
    },
  ];

  static override args = {
    op: Args.string({
      multiple: true,
      description: "Ops by the name that they have in tf, such as exp, pow, logSumExp. Without any: all.",
    }),
  };

  static override flags = {
    target: inputFlags.target,
    points: Flags.string({
      description: "About how many numbers each op is given.",
      helpValue: "N",
      helpGroup: "input",
      default: String(defaults.points),
    }),
    timeout: Flags.string({
      description: "Seconds that one op may take before it is given up.",
      helpValue: "SECONDS",
      default: String(defaults.timeout),
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Ops);
    const options = opsOptions((args.op ?? []) as unknown as string[], flags);
    const { runOps } = await import("../src/cli/run-ops.js");
    await runOps(options, { json: flags.json, noColor: flags["no-color"] });
  }
}
