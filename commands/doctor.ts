import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../src/cli/base-command.js";
import { timeout } from "../src/cli/values.js";

export default class Doctor extends BaseCommand {
  static override summary =
    "Look which backends work here, what is missing for the others, and what each is like.";

  static override description = [
    "Starts every target, each in a process of its own. Of those that work it says the device and the versions, where " +
      "sigmoid saturates, how small a result may be, whether NaN survives, how accurate the functions are that losses " +
      "are made of, and how long a small sweep takes; of the others why they do not work, and what to do.",
    "Exit codes: 0 when cpu and wasm work, which come with this package; else 2.",
  ].join("\n\n");

  static override examples = ["<%= config.bin %> doctor", "<%= config.bin %> doctor --json"];

  static override flags = {
    timeout: Flags.string({
      description: "Seconds that a target may take.",
      helpValue: "SECONDS",
      default: "60",
    }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Doctor);
    const seconds = timeout(flags.timeout);
    const { runDoctor } = await import("../src/cli/run-doctor.js");
    await runDoctor(seconds, { json: flags.json, noColor: flags["no-color"] });
  }
}
